import { constants, createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { lineFindings, type LineFinding } from '@tallyhouse/audit';
import { readScms } from '@tallyhouse/supply-chain';
import { withDatabase } from '../audit-options.js';
import { CliError } from '../cli.errors.js';
import { deliveryLine } from './delivery-lines.js';

const KINDS = ['late', 'out of order', 'duplicate'] as const;
const EXAMPLES = 5;

interface DeliveriesOptions {
  readonly lateAfterDays: number;
  readonly kind?: string;
  readonly captured: boolean;
  readonly stateDir: string;
  readonly json: boolean;
}

/** A finding of a line, with the id of the line in the source and of the event that was captured from it. */
interface ListedFinding extends LineFinding {
  readonly sourceId: string;
  readonly eventId?: string;
}

/** `tallyhouse audit deliveries <csv>`: what is late, out of order or twice in the delivery history, line by line. */
export async function auditDeliveries(file: string, options: DeliveriesOptions): Promise<void> {
  const { lateAfterDays, kind, json } = options;
  const wanted = KINDS.find((each) => each === kind);
  if (kind !== undefined && !wanted)
    throw new CliError(`--kind ${kind}: no such kind`, `give one of ${KINDS.join(', ')}`);
  if (lateAfterDays > 3_650)
    throw new CliError(`--late-after-days ${lateAfterDays}: out of bounds`, 'give 0 to 3650');
  await access(file, constants.R_OK).catch(() => {
    throw new CliError(`${file} cannot be read`, 'give the path of the SCMS history, .csv or .csv.gz');
  });
  const { lines, unreadable, findings } = await readDeliveries(file, lateAfterDays);
  const chosen = wanted ? findings.filter((finding) => finding.kind === wanted) : findings;
  const shown = options.captured ? await withEvents(chosen, options) : chosen;
  const text = json
    ? shown.map((finding) => JSON.stringify(finding))
    : table(shown, wanted ? Infinity : EXAMPLES, lines, unreadable);
  if (text.length > 0) process.stdout.write(`${text.join('\n')}\n`);
}

async function readDeliveries(
  file: string,
  lateAfterDays: number,
): Promise<{ lines: number; unreadable: number; findings: ListedFinding[] }> {
  const ids = new Map<number, string>();
  const lines = [];
  let unreadable = 0;
  for await (const each of readScms(createReadStream(file))) {
    if (!each.ok) {
      unreadable += 1;
      continue;
    }
    ids.set(each.line, each.row.id);
    lines.push(deliveryLine(each.line, each.row));
  }
  const findings = lineFindings(lines, lateAfterDays).map((finding) => ({
    ...finding,
    sourceId: ids.get(finding.line) ?? '',
  }));
  return { lines: lines.length, unreadable, findings };
}

/** The receipt that was captured from a line is the evidence of what is wrong with it. */
async function withEvents(
  findings: readonly ListedFinding[],
  options: DeliveriesOptions,
): Promise<ListedFinding[]> {
  const rows = await withDatabase(options, (dataSource) =>
    dataSource.query<{ source: string; id: string }[]>(
      `SELECT body ->> 'tally:sourceLine' AS source, id FROM epcis_event
       WHERE biz_step = 'receiving' AND body ->> 'tally:sourceLine' = ANY($1::text[])`,
      [findings.map(({ sourceId }) => sourceId)],
    ),
  );
  const events = new Map(rows.map(({ source, id }) => [source, id]));
  if (events.size === 0 && findings.length > 0)
    throw new CliError('none of these lines was captured', 'run ./tallyhouse import scms <csv> first');
  return findings.map((finding) => {
    const eventId = events.get(finding.sourceId);
    return eventId === undefined ? finding : { ...finding, eventId };
  });
}

function table(
  findings: readonly ListedFinding[],
  examples: number,
  lines: number,
  unreadable: number,
): string[] {
  const head = `${lines} lines read, ${unreadable} unreadable; line 1 is the header, ID is the source's own number`;
  return [
    head,
    ...KINDS.flatMap((kind) => {
      const own = findings.filter((finding) => finding.kind === kind);
      if (own.length === 0) return [];
      const shown = own.slice(0, examples).map(findingLine);
      const more =
        own.length > shown.length ? [`  and ${own.length - shown.length} more: --kind '${kind}'`] : [];
      return ['', `${kind}: ${own.length} lines`, ...shown, ...more];
    }),
  ];
}

function findingLine({ line, sourceId, explanation, eventId }: ListedFinding): string {
  const event = eventId === undefined ? '' : `  event ${eventId}`;
  return `  line ${String(line).padEnd(6)} ID ${sourceId.padEnd(6)} ${explanation}${event}`;
}
