import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  classify,
  FSIS_RECALL_REASONS,
  TextIntake,
  TextLabelling,
  trainTextModel,
  type TextInput,
} from '@tallyhouse/nlp';
import { startPostgres } from '@tallyhouse/testing';
import { readLabelled } from '../../apps/cli/src/nlp/read-labelled.js';
import { migrationDataSource } from '../../migrations/data-source.js';
import { FDA, FSIS, PARTNER, rowsOf, type Row } from '../nlp-search/corpus.js';

const WANTED = Number(process.env['TEXTS'] ?? 5_000);
const SPLIT_DATE = '2020-01-01';
const TEXTS_A_TRANSACTION = 500;
if (!existsSync(FSIS) || !existsSync(FDA)) {
  process.stderr.write(`${FSIS} or ${FDA} is not there: nothing was measured\n`);
  process.exit(1);
}

const fsisNotice = (row: Row): TextInput => ({
  kind: 'RECALL',
  title: row['title']!,
  body: row['summary']!,
  writtenAt: new Date(row['start_date']!),
  reference: row['id']!,
});
const fdaNotice = (row: Row, at: number): TextInput => ({
  kind: 'RECALL',
  body: `${row['recalling_firm']}: ${row['product_description']}. ${row['reason_for_recall']}`.slice(
    0,
    2_000,
  ),
  writtenAt: new Date(Date.UTC(2012, 0, 1 + (at % 4_000))),
  reference: `fda-${at}`,
});
const perSecond = (texts: number, ms: number): number => Math.round((1_000 * texts) / ms);
async function timed<T>(work: () => T | Promise<T>): Promise<[T, number]> {
  const beginMs = performance.now();
  const result = await work();
  return [result, performance.now() - beginMs];
}

const postgres = await startPostgres();
const source = await migrationDataSource(await postgres.createDatabase('labelling')).initialize();
await source.runMigrations();
const notices = [
  ...rowsOf(FSIS)
    .filter((row) => row['summary'])
    .map(fsisNotice),
  ...rowsOf(FDA).map(fdaNotice),
].slice(0, WANTED);
const intake = new TextIntake(source);
const now = new Date();
for (let from = 0; from < notices.length; from += TEXTS_A_TRANSACTION)
  await intake.take(notices.slice(from, from + TEXTS_A_TRANSACTION), PARTNER, 'IMPORT', now);
await source.query('VACUUM ANALYZE text');

const { texts: labelled } = await readLabelled(FSIS, {
  ...{ label: 'reasons', date: 'start_date', text: 'title,summary' },
});
const { model } = trainTextModel(
  labelled.filter(({ date }) => date < SPLIT_DATE),
  FSIS_RECALL_REASONS,
);
const stored: { title: string; body: string }[] = await source.query(
  'SELECT DISTINCT ON (text_sha256) title, body FROM text ORDER BY text_sha256',
);
const running = {
  ...{ versionId: `0x${'1'.repeat(64)}`, artifactSha256: `0x${'a'.repeat(64)}`, proposalId: null },
  model,
};
const [done, queueMs] = await timed(() => new TextLabelling(source).labelWaiting(running, () => now));
const [, aloneMs] = await timed(() => {
  for (const { title, body } of stored) classify(model, `${title}\n${body}`);
});
const results = {
  texts: done,
  charactersAText: Math.round(
    stored.reduce((sum, { title, body }) => sum + title.length + body.length, 0) / stored.length,
  ),
  textsPerSecond: {
    throughTheQueue: perSecond(done, queueMs),
    modelAlone: perSecond(stored.length, aloneMs),
  },
  modelShareOfTime: Number((aloneMs / queueMs).toFixed(3)),
};
writeFileSync(
  resolve('experiments', 'nlp-labelling', 'results.json'),
  `${JSON.stringify(results, null, 2)}\n`,
);
process.stdout.write(`${JSON.stringify(results)}\n`);
await source.destroy();
await postgres.stop();
