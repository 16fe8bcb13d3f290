import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openEngine, seededRandom } from '@tallyhouse/compute';
import {
  cachedEncoder,
  cosine,
  distilEncoder,
  distilledEncoder,
  judgeStudent,
  packagedEncoder,
  type SentenceEncoder,
} from '@tallyhouse/nlp';
import { sha256Hex } from '@tallyhouse/proofs';
import { FDA, FSIS } from '../nlp-search/corpus.js';
import { difference, figuresOf } from '../nlp-search/quality.js';
import { readCorpus } from './corpus.js';
import { keptVectors } from './kept-vectors.js';
import { wordsAlone } from './words-alone.js';

const NEAREST = 10;
/** Texts that the teacher's speed is measured on. */
const TIMED = 100;
const seed = Number(process.env['SEED'] ?? 1);
if (!existsSync(FSIS) || !existsSync(FDA)) {
  process.stderr.write(`${FSIS} or ${FDA} is not there: nothing was measured\n`);
  process.exit(1);
}
const { learned, judged } = readCorpus();
const titles = judged.map(({ title }) => title);
const summaries = judged.map(({ summary }) => summary);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const rounded = (value: number): number => Number(value.toFixed(3));

async function timed<T>(work: () => Promise<T>): Promise<[made: T, seconds: number]> {
  const startedMs = performance.now();
  const made = await work();
  return [made, (performance.now() - startedMs) / 1_000];
}

interface Encoded {
  readonly titles: readonly Float32Array[];
  readonly summaries: readonly Float32Array[];
}

async function encoded(encoder: SentenceEncoder): Promise<Encoded> {
  return { titles: await encoder.encode(titles), summaries: await encoder.encode(summaries) };
}

/** 1 / place of each title's own summary among all judged summaries; texts that score alike count as before it. */
const placesBy = (scoresOf: (query: number) => ArrayLike<number>): number[] =>
  titles.map((_, query) => {
    const scores = Array.from(scoresOf(query));
    return 1 / scores.filter((score) => score >= scores[query]!).length;
  });

const cosines = (of: Encoded): ((query: number) => number[]) => {
  return (query) => of.summaries.map((vector) => cosine(of.titles[query]!, vector));
};

function nearest(vectors: readonly Float32Array[], index: number): Set<number> {
  const scores = vectors.map((vector) => cosine(vectors[index]!, vector));
  const others = [...scores.keys()].filter((other) => other !== index);
  return new Set(others.toSorted((a, b) => scores[b]! - scores[a]!).slice(0, NEAREST));
}

const figures = (teachers: readonly Float32Array[], students: readonly Float32Array[]) =>
  Object.fromEntries(
    Object.entries(judgeStudent(teachers, students)).map(([name, value]) => [name, rounded(value)]),
  );

const packaged = packagedEncoder();
const kept = process.env['TEACHER_VECTORS'];
const teacher = cachedEncoder(packaged, kept === undefined ? undefined : keptVectors(kept));
const some = [...titles.slice(0, TIMED / 2), ...summaries.slice(0, TIMED / 2)];
await packaged.encode(titles.slice(0, 1));
const [, teacherSeconds] = await timed(() => packaged.encode(some));
const wanted = await encoded(teacher);
const taught = await teacher.encode(learned);
/** The teacher's answers, known beforehand, so that what is timed is the training alone. */
const told = new Map(learned.map((text, index) => [text, taught[index]!]));
const remembered: SentenceEncoder = {
  ...{ id: teacher.id, dimensions: teacher.dimensions, close: () => teacher.close() },
  encode: async (texts) => texts.map((text) => told.get(text)!),
};

const engine = await openEngine({ device: process.env['TALLYHOUSE_DEVICE'] });
const losses: number[] = [];
const [bytes, trainingSeconds] = await timed(() =>
  distilEncoder(learned, remembered, {
    engine,
    random: seededRandom(seed),
    onStep: (_, loss) => losses.push(loss),
  }),
);
const student = await distilledEncoder(bytes, engine);
const seen = await student.encode(learned);
const found = await encoded(student);
const [, studentSeconds] = await timed(() => encoded(student));

const words = wordsAlone(summaries);
const ranks = {
  teacher: placesBy(cosines(wanted)),
  student: placesBy(cosines(found)),
  wordsAlone: placesBy((query) => words(titles[query]!)),
};
const alike = summaries.map((_, index) => {
  const theirs = nearest(wanted.summaries, index);
  return [...nearest(found.summaries, index)].filter((other) => theirs.has(other)).length / NEAREST;
});
const results = {
  data: { fsis: sha256Hex(readFileSync(FSIS)), fda: sha256Hex(readFileSync(FDA)) },
  seed,
  engine: `${engine.name} on ${engine.device}`,
  learnedTexts: learned.length,
  judgedNotices: judged.length,
  steps: losses.length,
  loss: { first: rounded(losses[0]!), last: rounded(mean(losses.slice(-50))) },
  trainingSeconds: Math.round(trainingSeconds),
  likeTheTeacher: {
    seen: figures(taught, seen),
    unseenTitles: figures(wanted.titles, found.titles),
    unseenSummaries: figures(wanted.summaries, found.summaries),
  },
  sameOfTenNearest: rounded(mean(alike)),
  ranking: Object.fromEntries(Object.entries(ranks).map(([by, of]) => [by, figuresOf(of)])),
  mrrStudentMinusTeacher: difference(ranks.student, ranks.teacher),
  textsPerSecond: {
    teacher: Math.round(some.length / teacherSeconds),
    student: Math.round((2 * judged.length) / studentSeconds),
  },
  fileBytes: bytes.length,
};
writeFileSync(
  resolve('experiments', 'nlp-distil', process.env['RESULTS'] ?? 'results.json'),
  `${JSON.stringify(results, null, 2)}\n`,
);
process.stdout.write(`${JSON.stringify(results)}\n`);
await student.close();
await teacher.close();
await engine.close();
