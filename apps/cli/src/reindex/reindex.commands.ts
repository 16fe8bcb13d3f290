import type { Command } from 'commander';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { checkIndex, type IndexComparison } from './check-index.js';
import type { FactDigest } from './fact-digest.js';
import { indexSource } from './index-source.js';
import { outcomeLines, rebuildEvents } from './rebuild-events.js';
import { rebuildIndex } from './rebuild-index.js';

interface ReindexOptions {
  readonly check?: boolean;
  readonly fromChain?: boolean;
  readonly stateDir: string;
}

/** `tallyhouse reindex` */
export function addReindexCommands(program: Command): void {
  program
    .command('reindex')
    .description('empty what was read from the chain and read it again, every block verified')
    .option('--check', 'change nothing: index afresh aside and compare; exit 1 when a row differs')
    .option(
      '--from-chain',
      'then store events, leaves and batches that rode on chain and are not in the database',
    )
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .action(reindex);
}

async function reindex({ check = false, fromChain = false, stateDir }: ReindexOptions): Promise<void> {
  const source = await indexSource(stateDir);
  const options = { verify: process.env['INDEX_VERIFY'] ?? 'all', onProgress: progressLine() };
  if (!check) {
    say(rebuiltLines(await rebuildIndex(source, options)));
    if (fromChain) say(outcomeLines(await rebuildEvents(source)));
    return;
  }
  const comparison = await checkIndex(source, options);
  say(comparisonLines(comparison));
  if (!comparison.same) process.exitCode = 1;
}

/** The outcome of a check, table by table. */
export function comparisonLines(comparison: IndexComparison): string[] {
  const { upTo, kept, fresh, same, firstDifference, firstChanged } = comparison;
  const lines = kept.tables.map(({ name, rows, digest }, index) => {
    const other = fresh.tables[index];
    const verdict = other?.digest === digest ? 'same' : `DIFFERS: a fresh index has ${other?.rows ?? 0} rows`;
    return `${name.padEnd(28)} ${String(rows).padStart(9)} rows  ${digest.slice(0, 16)}  ${verdict}`;
  });
  const verdict = same
    ? `${kept.rows} facts up to block ${upTo} are those of a fresh index: ${kept.digest}`
    : `the index is not that of the chain, first at block ${firstDifference}: stop the indexer and run ./tallyhouse reindex`;
  const changed =
    firstChanged === undefined
      ? []
      : [`rows of block ${firstChanged} are not those that the indexer wrote: somebody changed them since`];
  return [...lines, ...changed, verdict];
}

function rebuiltLines({ tables, rows, digest }: FactDigest): string[] {
  const filled = tables.filter((table) => table.rows > 0);
  return [
    ...filled.map((table) => `${table.name.padEnd(28)} ${String(table.rows).padStart(9)} rows`),
    `${rows} facts: ${digest}`,
  ];
}

/** Writes on one line where somebody watches, and nothing where nobody does. */
function progressLine(): (blockNumber: number, upTo: number) => void {
  return (blockNumber, upTo) => {
    if (process.stderr.isTTY) process.stderr.write(`\rblock ${blockNumber} of ${upTo} \u001B[K`);
  };
}

function say(lines: readonly string[]): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  process.stdout.write(`${lines.join('\n')}\n`);
}
