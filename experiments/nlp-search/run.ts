import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  cachedEncoder,
  packagedEncoder,
  SEARCH_WEIGHTS,
  SemanticIndex,
  TextAnalysis,
  TextEmbedding,
  TextSearch,
} from '@tallyhouse/nlp';
import { startPostgres } from '@tallyhouse/testing';
import { migrationDataSource } from '../../migrations/data-source.js';
import { FDA, FSIS, grow, rowsOf, someOf, takeSummaries } from './corpus.js';
import {
  byReciprocalRanks,
  byWeights,
  chooseWeights,
  difference,
  figuresOf,
  reciprocalRanks,
  type JudgedQuery,
} from './quality.js';
import { queryTimes, sketchRecall } from './speed.js';

const WANTED = Number(process.env['TEXTS'] ?? 100_000);
if (!existsSync(FSIS) || !existsSync(FDA)) {
  process.stderr.write(`${FSIS} or ${FDA} is not there: nothing was measured\n`);
  process.exit(1);
}

const postgres = await startPostgres();
const source = await migrationDataSource(await postgres.createDatabase('search')).initialize();
await source.runMigrations();
const encoder = cachedEncoder(packagedEncoder());
const index = new SemanticIndex(source);
const finder = new TextSearch(source, index, encoder);
const now = new Date();
const fsis = someOf(rowsOf(FSIS), Number(process.env['NOTICES'] ?? Infinity));
const textsPerSecond: Record<string, number> = {};
async function rate<T>(name: string, work: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  const made = await work();
  textsPerSecond[name] = Math.round((fsis.length * 1_000) / (performance.now() - startedMs));
  return made;
}
const untilNone = async (round: () => Promise<number>): Promise<void> => {
  while ((await round()) > 0);
};

const titles = await rate('intake', () => takeSummaries(source, fsis, now));
await rate('analysis', () => untilNone(() => new TextAnalysis(source).run(now)));
await rate('encoding', () => untilNone(() => new TextEmbedding(source, encoder).run()));
await source.query('ANALYZE text');

const queries: JudgedQuery[] = [];
for (const { query, ...title } of titles)
  queries.push({ ...title, evidence: await finder.evidence({ query, first: 100 }) });
const chosen = chooseWeights(queries, SEARCH_WEIGHTS);
const judged = queries.filter(({ isDevelopment }) => !isDevelopment);
const ranks = {
  LEXICAL: reciprocalRanks(judged, byWeights('WORDS')),
  SEMANTIC: reciprocalRanks(judged, byWeights('MEANING')),
  HYBRID: reciprocalRanks(judged, byWeights('BOTH')),
  reciprocalRanks: reciprocalRanks(judged, byReciprocalRanks()),
};
const quality = Object.fromEntries(Object.entries(ranks).map(([way, found]) => [way, figuresOf(found)]));
console.table(quality);
console.log({ chosen, inUse: SEARCH_WEIGHTS });

if (WANTED > fsis.length) await grow(source, index, encoder, WANTED, now);
const [{ count }]: [{ count: number }] = await source.query('SELECT count(*)::integer AS count FROM text');
const results = {
  notices: fsis.length,
  quality,
  hybridMinusLexical: difference(ranks.HYBRID, ranks.LEXICAL),
  chosen,
  inUse: SEARCH_WEIGHTS,
  texts: count,
  msAQuery: await queryTimes(source, finder, encoder, fsis),
  sketchRecallAt10: await sketchRecall(source, index, encoder, fsis),
  textsPerSecond,
};
writeFileSync(resolve('experiments', 'nlp-search', 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(results)}\n`);
await encoder.close();
await source.destroy();
await postgres.stop();
