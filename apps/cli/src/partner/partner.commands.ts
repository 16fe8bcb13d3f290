import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import { stateDirOption } from '../audit-options.js';
import { CliError } from '../cli.errors.js';
import { databaseUrlOf } from '../local-context.js';
import { connect } from '../up/seed.js';
import { addPrefixCommands } from './prefix.commands.js';
import { addProfileCommands } from './profile.commands.js';
import { newApiKey } from '../up/state-folder.js';

interface KeyOptions {
  readonly stateDir: string;
  readonly label: string;
}

/** `tallyhouse partner add-key|profile|prefix` */
export function addPartnerCommands(program: Command): void {
  const partner = program
    .command('partner')
    .description("partners' access to capture, and what their events must be");
  addProfileCommands(partner);
  addPrefixCommands(partner);
  partner
    .command('add-key <address>')
    .description(
      "make an API key for a registered partner's machines; it is shown once and stored as its hash",
    )
    .addOption(stateDirOption())
    .option('--label <text>', 'what the key is for', 'machine')
    .action(addKey);
}

async function addKey(address: string, options: KeyOptions): Promise<void> {
  const partner = address.toLowerCase();
  const dataSource = await connect(await databaseUrlOf(options.stateDir));
  try {
    const known: unknown[] = await dataSource.query('SELECT 1 FROM partner_current WHERE partner = $1', [
      partner,
    ]);
    if (known.length === 0) {
      throw new CliError(
        `no registered partner has the address ${address}`,
        'see { partners { address name } } in GraphQL; a vote registers new ones',
      );
    }
    const key = newApiKey();
    const digest = createHash('sha256').update(key).digest();
    await dataSource.query('INSERT INTO partner_key (key_sha256, partner, label) VALUES ($1, $2, $3)', [
      digest,
      partner,
      options.label.slice(0, 200),
    ]);
    process.stdout.write(`${key}\n`);
  } finally {
    await dataSource.destroy();
  }
}
