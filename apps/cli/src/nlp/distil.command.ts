import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { openEngine, seededRandom } from '@tallyhouse/compute';
import {
  distilEncoder,
  distilledEncoder,
  judgeStudent,
  packagedEncoder,
  type StudentFigures,
} from '@tallyhouse/nlp';
import { sha256Hex } from '@tallyhouse/proofs';
import { CliError } from '../cli.errors.js';
import { localContext } from '../local-context.js';
import { wholeNumber } from '../options.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { connect } from '../up/seed.js';

interface DistilCommandOptions {
  readonly out: string;
  readonly stateDir: string;
  readonly steps?: number;
  readonly seed: number;
  readonly device?: string;
}

const FEWEST_TEXTS = 100;
const MOST_TEXTS = 20_000;
/** Every so many texts one is held back to measure by. */
const HELD_BACK = 10;

/** `tallyhouse nlp distil` */
export function addDistilCommand(group: Command): void {
  group
    .command('distil')
    .description('train a fast encoder on the texts of the running world, to be named in TEXT_ENCODER')
    .requiredOption('--out <file>', 'where it is written, ONNX')
    .option(
      '--steps <number>',
      'steps of training; 1,500 or more by the number of texts unless given',
      wholeNumber,
    )
    .option('--seed <number>', 'the same texts, steps, seed and engine give the same file', wholeNumber, 1)
    .option('--device <name>', 'engine, as TALLYHOUSE_DEVICE')
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .action(distil);
}

/** Titles and beginnings of bodies, each once: queries are short, texts are not. */
async function textsOf(stateDir: string): Promise<string[]> {
  const dataSource = await connect((await localContext(stateDir)).databaseUrl);
  try {
    const rows: { words: string }[] = await dataSource.query(
      `SELECT words FROM (SELECT DISTINCT left(body, 600) AS words FROM text UNION SELECT title FROM text WHERE title <> '') w
       ORDER BY md5(words) LIMIT ${MOST_TEXTS}`,
    );
    return rows.map(({ words }) => words);
  } finally {
    await dataSource.destroy();
  }
}

/** What a person reads of the figures; a mean cosine alone says little where all texts are alike. */
function told({ meanCosine, meanCosineOfMean, ownNearest }: StudentFigures, teacher: string): string[] {
  const lines = [
    `mean cosine with ${teacher} ${meanCosine.toFixed(3)}; one vector for all texts would have ${meanCosineOfMean.toFixed(3)}`,
    `${(100 * ownNearest).toFixed(0)} % of the vectors are nearest to the teacher's of the same text`,
  ];
  if (meanCosine < meanCosineOfMean)
    lines.push('one vector for all texts would be nearer: take in more texts, or give more --steps');
  return lines;
}

async function distil({ out, stateDir, steps, seed, device }: DistilCommandOptions): Promise<void> {
  const texts = await textsOf(stateDir);
  if (texts.length < FEWEST_TEXTS)
    throw new CliError(
      `${texts.length} different texts are too few to distil from`,
      `take in at least ${FEWEST_TEXTS}: ./tallyhouse import texts <file>`,
    );
  const judged = texts.filter((_, index) => index % HELD_BACK === 0);
  const learned = texts.filter((_, index) => index % HELD_BACK !== 0);
  const teacher = packagedEncoder();
  const engine = await openEngine(device === undefined ? {} : { device });
  try {
    const random = seededRandom(seed);
    const bytes = await distilEncoder(learned, teacher, {
      engine,
      random,
      ...(steps !== undefined && { steps }),
    });
    const student = await distilledEncoder(bytes, engine);
    const figures = judgeStudent(await teacher.encode(judged), await student.encode(judged));
    await student.close();
    await writeFile(out, bytes);
    process.stdout.write(
      [
        `${learned.length} texts learned from, ${judged.length} held back:`,
        ...told(figures, teacher.id),
        `${out} (${sha256Hex(bytes)}, ${bytes.length} bytes)`,
        `start api and worker with TEXT_ENCODER=${out}; the worker then encodes all texts anew`,
        '',
      ].join('\n'),
    );
  } finally {
    await engine.close();
    await teacher.close();
  }
}
