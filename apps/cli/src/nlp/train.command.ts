import type { Command } from 'commander';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { LabelCorrections, type LabelledText } from '@tallyhouse/nlp';
import { CliError } from '../cli.errors.js';
import { proposeVersion } from '../governance/propose-version.js';
import { localContext } from '../local-context.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { connect } from '../up/seed.js';
import { GUIDE_NAMES, guideNamed } from './guide-option.js';
import { readLabelled } from './read-labelled.js';
import { trainTextCandidate } from './train-text-candidate.js';

interface TrainCommandOptions {
  readonly data?: string;
  readonly text: string;
  readonly label: string;
  readonly date: string;
  readonly guide: string;
  readonly stateDir: string;
  readonly out?: string;
  readonly propose: boolean;
}

/** `tallyhouse nlp train` */
export function addTrainCommand(group: Command): void {
  group
    .command('train')
    .description('train a text model on labelled texts and on corrections; keep its file and report by hash')
    .option('--data <csv>', 'labelled texts, CSV, plain or .gz')
    .option('--text <columns>', 'column of the text, or several, the heading first', 'title,summary')
    .option('--label <column>', 'column of the labels, joined by ";"', 'reasons')
    .option('--date <column>', 'column of the date', 'start_date')
    .option('--guide <name>', `what is known of the labels beforehand: ${GUIDE_NAMES}`, 'auto')
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .option('--out <folder>', 'write the files there; no running world is needed, corrections are not read')
    .option('--propose', 'put it to the vote at once', false)
    .action(train);
}

/** What is learned from beside the file: corrections, up to which block; and where the files go. */
interface Place {
  readonly corrected: readonly LabelledText[];
  readonly block: number;
  readonly artifactFolder: string;
}

async function placeOf({ out, stateDir }: TrainCommandOptions): Promise<Place> {
  if (out !== undefined) return { corrected: [], block: 0, artifactFolder: out };
  const { databaseUrl, artifactFolder } = await localContext(stateDir);
  const dataSource = await connect(databaseUrl);
  try {
    const corrected = await new LabelCorrections(dataSource).trainingTexts();
    const [checkpoint]: { block: string }[] = await dataSource.query(
      'SELECT max(block_number) AS block FROM chain_checkpoint',
    );
    return { corrected, block: Number(checkpoint?.block ?? 0), artifactFolder };
  } finally {
    await dataSource.destroy();
  }
}

/** What people said of a text counts before what a file says of it. */
function joined(corrected: readonly LabelledText[], given: readonly LabelledText[]): LabelledText[] {
  const known = new Set(corrected.map(({ text }) => text));
  return [...corrected, ...given.filter(({ text }) => !known.has(text))];
}

async function train(options: TrainCommandOptions): Promise<void> {
  if (options.out !== undefined && options.propose)
    throw new CliError(
      '--out and --propose exclude each other',
      'leave out --out: the running world keeps the files',
    );
  const place = await placeOf(options);
  const given = options.data ? (await readLabelled(options.data, options)).texts : [];
  const texts = joined(place.corrected, given);
  const guide = guideNamed(options.guide, [...new Set(texts.flatMap(({ labels }) => labels))]);
  const store = new FileArtifactStore(place.artifactFolder);
  const candidate = await trainTextCandidate(texts, { guide, store, dataBlock: place.block });
  process.stdout.write(
    [
      `${texts.length} texts, ${place.corrected.length} of them from corrections; guide ${guide.name}`,
      `artifact ${candidate.artifactSha256}`,
      `report   ${candidate.reportSha256}`,
      `data     ${candidate.dataRoot} up to block ${candidate.dataBlock}`,
      candidate.summary,
      '',
    ].join('\n'),
  );
  if (!options.propose) return;
  const { proposalId } = await proposeVersion(await localContext(options.stateDir), candidate);
  process.stdout.write(`proposal ${proposalId}\n  vote: ./tallyhouse vote ${proposalId} for --as alice\n`);
}
