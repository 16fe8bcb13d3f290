import { InvalidArgumentError, Option, type Command } from 'commander';
import type { AsOf } from '@tallyhouse/audit';
import type { DataSource } from 'typeorm';
import { databaseUrlOf } from './local-context.js';
import { DEFAULT_STATE_DIR } from './paths.js';
import { connect } from './up/seed.js';

/** What every command that reads the audit takes. */
export interface ReadOptions {
  readonly stateDir: string;
  readonly asOfBlock?: bigint;
  readonly asOfTime?: Date;
}

/** Adds the options of {@link ReadOptions}. */
export function readingOptions(command: Command): Command {
  return command
    .option('--as-of-block <number>', 'count only what was on chain by that block', blockNumber)
    .option('--as-of-time <time>', 'count only what was captured by that time (ISO 8601)', instant)
    .addOption(stateDirOption());
}

/** Where the running `up` keeps its state, for commands that work on its database or on DATABASE_URL. */
export function stateDirOption(): Option {
  return new Option(
    '--state-dir <folder>',
    'folder of the running ./tallyhouse up, unless DATABASE_URL is set',
  ).default(DEFAULT_STATE_DIR);
}

export function asOfOptions({ asOfBlock, asOfTime }: ReadOptions): AsOf {
  if (asOfBlock !== undefined) return { kind: 'BLOCK', block: asOfBlock };
  return asOfTime === undefined ? { kind: 'NOW' } : { kind: 'TIME', time: asOfTime };
}

/** Runs `work` on the database and closes it. */
export async function withDatabase<Result>(
  { stateDir }: { readonly stateDir: string },
  work: (dataSource: DataSource) => Promise<Result>,
): Promise<Result> {
  const dataSource = await connect(await databaseUrlOf(stateDir));
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

export function instant(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new InvalidArgumentError('expected a time such as 2026-11-24T15:00:00Z');
  return time;
}

function blockNumber(text: string): bigint {
  if (!/^\d{1,18}$/.test(text)) throw new InvalidArgumentError('expected a block number');
  return BigInt(text);
}

/** Text of strangers without what could move a terminal's cursor. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '?');
}
