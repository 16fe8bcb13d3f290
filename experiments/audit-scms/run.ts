import { createReadStream, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  defaultRuleSet,
  lineFindings,
  NO_REFERENCE,
  replay,
  type ReplayedEvent,
  type SiteFacts,
} from '@tallyhouse/audit';
import { readScms, scmsEvents, scmsSites, type ScmsRow } from '@tallyhouse/supply-chain';
import { deliveryLine } from '../../apps/cli/src/audit/delivery-lines.js';

const LATE_AFTER_DAYS = 14;
const DAY_MS = 86_400_000;
const shared = process.env.TALLYHOUSE_SHARED_DATA ?? resolve('..', 'shared', 'data');
const file = resolve(shared, 'scms-shipments', 'scms_delivery_history.csv.gz');

const rows: { line: number; row: ScmsRow }[] = [];
const unreadable: number[] = [];
for await (const each of readScms(createReadStream(file)))
  if (each.ok) rows.push(each);
  else unreadable.push(each.line);

const lines = lineFindings(
  rows.map(({ line, row }) => deliveryLine(line, row)),
  LATE_AFTER_DAYS,
);
const count = (kind: string): number => lines.filter((finding) => finding.kind === kind).length;

/** The seventeen rules on the events of the import, in the order of time, all on chain at once. */
const lineOf = new Map<string, number>();
const stream: ReplayedEvent[] = rows
  .flatMap(({ line, row }) => scmsEvents(row).map((event, index) => ({ line, index, event })))
  .map(({ line, index, event }) => {
    const recorded = Date.parse(event.eventTime);
    const id = `${line}.${index}`;
    lineOf.set(id, line);
    const proof = { anchoredAt: recorded, hashMatches: true, rootMatches: true };
    return {
      id,
      identity: id,
      order: line * 4 + index,
      party: 'scms',
      recorded,
      event,
      proof,
      provenAt: recorded,
    };
  })
  .sort((a, b) => a.recorded - b.recorded || a.order - b.order);
const places = new Map<string, SiteFacts>(
  scmsSites(rows.map(({ row }) => row)).map(({ uri, name, kind }) => [
    uri,
    { name, kind, position: undefined },
  ]),
);
const reference = { ...NO_REFERENCE, site: (uri: string) => places.get(uri), knowsSites: true };
const { engine, events } = replay(stream, { ruleSet: defaultRuleSet(), reference, batchSize: 1_000 });
// A year after the last event nothing is to be waited for any more.
engine.observe([], Math.max(...stream.map(({ recorded }) => recorded)) + 365 * DAY_MS);
const byRule: Record<string, { findings: number; examples: { line: number; explanation: string }[] }> = {};
for (const { rule, evidence, explanation } of engine.findings()) {
  const entry = (byRule[rule] ??= { findings: 0, examples: [] });
  entry.findings += 1;
  if (entry.examples.length < 5)
    entry.examples.push({ line: lineOf.get(evidence[0] ?? '') ?? 0, explanation });
}

const result = {
  ...{ file: 'scms_delivery_history.csv.gz', lines: rows.length, unreadable, lateAfterDays: LATE_AFTER_DAYS },
  counts: { late: count('late'), outOfOrder: count('out of order'), duplicate: count('duplicate') },
  rules: { events, byRule },
  findings: lines,
};
writeFileSync(resolve('experiments/audit-scms/results.json'), `${JSON.stringify(result, null, 2)}\n`);
console.log(result.counts, { events, byRule: JSON.stringify(byRule, null, 1) });
