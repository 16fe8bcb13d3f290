import type { Command } from 'commander';
import { CompanyPrefixRepository, SenderError } from '@tallyhouse/supply-chain';
import { CliError } from '../cli.errors.js';
import { databaseUrlOf } from '../local-context.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { connect } from '../up/seed.js';

interface Options {
  readonly stateDir: string;
}

/** `tallyhouse partner prefix add|list|remove` */
export function addPrefixCommands(partner: Command): void {
  const prefix = partner
    .command('prefix')
    .description('GS1 Company Prefixes under which a partner may create identifiers; with none, under all');
  const add = (usage: string, description: string): Command =>
    prefix
      .command(usage)
      .description(description)
      .option(
        '--state-dir <folder>',
        'folder of the running ./tallyhouse up, unless DATABASE_URL is set',
        DEFAULT_STATE_DIR,
      );
  add('add <address> <prefix>', 'register a prefix').action(
    (address: string, digits: string, options: Options) =>
      within(options, (prefixes) => prefixes.add(address, digits, new Date())),
  );
  add('list <address>', 'the prefixes of a partner').action((address: string, options: Options) =>
    within(options, async (prefixes) => {
      for (const digits of await prefixes.of(address)) process.stdout.write(`${digits}\n`);
    }),
  );
  add('remove <address> <prefix>', 'forget a prefix').action(
    (address: string, digits: string, options: Options) =>
      within(options, async (prefixes) => {
        if (await prefixes.remove(address, digits)) return;
        throw new CliError(
          `${address} has no prefix ${digits}`,
          `./tallyhouse partner prefix list ${address}`,
        );
      }),
  );
}

async function within(
  options: Options,
  work: (prefixes: CompanyPrefixRepository) => Promise<void>,
): Promise<void> {
  const dataSource = await connect(await databaseUrlOf(options.stateDir));
  try {
    await work(new CompanyPrefixRepository(dataSource));
  } catch (error) {
    if (!(error instanceof SenderError)) throw error;
    throw new CliError(error.message, '--help shows what is taken');
  } finally {
    await dataSource.destroy();
  }
}
