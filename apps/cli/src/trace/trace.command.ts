import { Option, type Command } from 'commander';
import { PositionReader, TraceReader, type TraceDirection } from '@tallyhouse/audit';
import { asOfOptions, printable, readingOptions, withDatabase, type ReadOptions } from '../audit-options.js';
import { wholeNumber } from '../options.js';

interface TraceOptions extends ReadOptions {
  readonly direction: TraceDirection;
  readonly depth: number;
  readonly json?: boolean;
}

/** `tallyhouse trace` */
export function addTraceCommand(program: Command): void {
  readingOptions(
    program
      .command('trace <uri>')
      .description('follow an item, lot, container or site forward or backward')
      .addOption(
        new Option('--direction <way>', 'what became of it, or where it came from')
          .choices(['FORWARD', 'BACKWARD'])
          .default('FORWARD'),
      )
      .option('--depth <edges>', 'edges from the start, at most 50', wholeNumber, 20)
      .option('--json', 'nodes and edges as one JSON object'),
  ).action(trace);
}

async function trace(uri: string, options: TraceOptions): Promise<void> {
  const asOf = asOfOptions(options);
  const bounds = { maxDepth: options.depth, maxNodes: 5_000 };
  await withDatabase(options, async (dataSource) => {
    const found = await new TraceReader(dataSource).trace([uri], options.direction, bounds, asOf);
    if (options.json) {
      process.stdout.write(`${JSON.stringify(found)}\n`);
      return;
    }
    const [start] = await new PositionReader(dataSource).positions([uri], asOf);
    const lines = found.nodes.map(
      ({ uri: name, depth, presence, certainty }) =>
        `${String(depth).padStart(3)}  ${presence.padEnd(8)} ${certainty === 'POSSIBLE' ? '? ' : '  '}${printable(name)}`,
    );
    const end = found.truncated ? `; cut off by ${found.truncated.toLowerCase()}` : '';
    const where = start
      ? `${start.state}${start.location ? ` at ${printable(start.location)}` : ''}`
      : 'UNKNOWN';
    process.stdout.write(
      `${where}\n${lines.join('\n')}\n${found.nodes.length} nodes, ${found.edges.length} edges${end}\n`,
    );
  });
}
