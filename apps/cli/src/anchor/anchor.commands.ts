import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { SubmissionRepository, type SubmissionMode, type UnanchoredBatch } from '@tallyhouse/supply-chain';
import { CliError } from '../cli.errors.js';
import { localContext } from '../local-context.js';
import { wholeNumber } from '../options.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { connect } from '../up/seed.js';
import { openSubmitter, type Submitter } from './submitter.js';

interface ModeOptions {
  readonly stateDir: string;
  readonly submitter?: string;
}
interface KeyOptions {
  readonly stateDir: string;
  readonly hours?: number;
}

const MODES = ['relayer', 'signed', 'own'];
const HOURS = 24;

/** `tallyhouse anchor mode|sign|send` */
export function addAnchorCommands(program: Command): void {
  const anchor = program
    .command('anchor')
    .description('who anchors the batches of a partner: the relayer, or the partner with a key of its own');
  anchor
    .command('mode <partner> <mode>')
    .description(`${MODES.join(', ')}; for batches sealed from now on`)
    .option('--submitter <address>', "the partner's key; left out, the partner's own account")
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .action(mode);
  anchor
    .command('sign')
    .description('sign the waiting batches with the key in ANCHOR_PRIVATE_KEY; the relayer sends and pays')
    .option('--hours <number>', 'how long the signatures may be used', wholeNumber, HOURS)
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .action((options: KeyOptions) =>
      withSubmitter(options, (submitter) => submitter.sign(options.hours ?? HOURS)),
    );
  anchor
    .command('send')
    .description('anchor the waiting batches with the key in ANCHOR_PRIVATE_KEY, which pays')
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .action((options: KeyOptions) => withSubmitter(options, (submitter) => submitter.send()));
}

async function mode(partner: string, chosen: string, { stateDir, submitter }: ModeOptions): Promise<void> {
  for (const address of [partner, ...(submitter === undefined ? [] : [submitter])])
    if (!/^0x[0-9a-fA-F]{40}$/.test(address)) throw new InvalidArgumentError(`${address} is no address`);
  if (!MODES.includes(chosen)) throw new InvalidArgumentError(`expected ${MODES.join(', ')}`);
  const dataSource = await connect((await localContext(stateDir)).databaseUrl);
  try {
    const named = chosen.toUpperCase() as SubmissionMode;
    await new SubmissionRepository(dataSource).choose(partner, named, submitter ?? partner);
    const who = named === 'RELAYER' ? 'the relayer' : (submitter ?? partner);
    process.stdout.write(`batches of ${partner} are sealed for ${who} from now on\n`);
  } finally {
    await dataSource.destroy();
  }
}

async function withSubmitter(
  { stateDir }: KeyOptions,
  work: (submitter: Submitter) => Promise<readonly UnanchoredBatch[]>,
): Promise<void> {
  const key = process.env['ANCHOR_PRIVATE_KEY'];
  if (!key || !/^0x[0-9a-fA-F]{64}$/.test(key))
    throw new CliError('ANCHOR_PRIVATE_KEY holds no key', "set it to the submitter's key: 0x and 64 digits");
  const context = await localContext(stateDir);
  const dataSource = await connect(context.databaseUrl);
  try {
    const submitter = openSubmitter(context, dataSource, key as `0x${string}`);
    const done = await work(submitter);
    for (const { partner, seq, count } of done)
      process.stdout.write(`${partner} batch ${seq}, ${count} events\n`);
    process.stdout.write(`${done.length} batches; key ${submitter.address}\n`);
  } finally {
    await dataSource.destroy();
  }
}
