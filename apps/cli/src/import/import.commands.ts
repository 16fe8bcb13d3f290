import { constants, createReadStream } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { isXml } from '@tallyhouse/epcis';
import { CaptureService, type CaptureOptions } from '@tallyhouse/supply-chain';
import { CliError } from '../cli.errors.js';
import { localContext } from '../local-context.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { connect } from '../up/seed.js';
import { importScms, type ScmsSummary } from './import-scms.js';
import { DEFAULT_PARTNER, partnerOf, SHOWN_REFUSALS } from './partner-option.js';
import { addCovariatesCommand } from './covariates.command.js';
import { addTextsCommand } from './texts.command.js';

interface ImportOptions {
  readonly stateDir: string;
  readonly partner: string;
}

/** Longer documents in JSON are captured while they are read. */
const WHOLE_BYTES = 2 * 1024 * 1024;

/** `tallyhouse import scms|epcis|texts|covariates` */
export function addImportCommands(program: Command): void {
  const group = program
    .command('import')
    .description('bring files in through capture, anchoring and indexing');
  for (const [name, description, action] of [
    ['scms <csv>', 'USAID SCMS delivery history, plain or .gz: four events a line', scms],
    ['epcis <file>', 'an EPCIS 2.0 document in JSON, or one of 1.2 or 2.0 in XML', epcis],
  ] as const) {
    group
      .command(name)
      .description(description)
      .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
      .option('--partner <index or address>', 'in whose name', DEFAULT_PARTNER)
      .action(action);
  }
  addTextsCommand(group);
  addCovariatesCommand(group);
}

async function scms(file: string, options: ImportOptions): Promise<void> {
  await access(file, constants.R_OK).catch(() => {
    throw new CliError(
      `${file} cannot be read`,
      'give the path of the SCMS delivery history, .csv or .csv.gz',
    );
  });
  const context = await localContext(options.stateDir);
  const dataSource = await connect(context.databaseUrl);
  try {
    const summary = await importScms(createReadStream(file), {
      dataSource,
      partner: partnerOf(context, options.partner),
      onRefusal: ({ line, field, reason }, count) => {
        if (count <= SHOWN_REFUSALS) process.stderr.write(`line ${line}: ${field}: ${reason}\n`);
      },
      onProgress: (events) => {
        if (process.stdout.isTTY) process.stdout.write(`\r${events} events`);
      },
    });
    process.stdout.write(`${process.stdout.isTTY ? '\r' : ''}${scmsWords(summary)}\n`);
    if (summary.refused > 0) process.exitCode = 1;
  } finally {
    await dataSource.destroy();
  }
}

async function epcis(file: string, options: ImportOptions): Promise<void> {
  const context = await localContext(options.stateDir);
  const size = await stat(file).then(
    (found) => found.size,
    () => {
      throw new CliError(`${file} cannot be read`, 'give the path of an EPCIS document in JSON or XML');
    },
  );
  const dataSource = await connect(context.databaseUrl);
  try {
    const partner = partnerOf(context, options.partner);
    const capture: CaptureOptions = { partner, errorBehaviour: 'ROLLBACK' };
    const captures = new CaptureService(dataSource);
    const outcome =
      size > WHOLE_BYTES && !(await isXmlFile(file))
        ? await captures.captureStream(createReadStream(file), capture)
        : await captures.capture(await readFile(file), capture);
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
    if (outcome.state === 'FAILED') {
      throw new CliError(
        'the document was refused',
        `./tallyhouse epcis validate ${file} says what is wrong`,
      );
    }
  } finally {
    await dataSource.destroy();
  }
}

async function isXmlFile(file: string): Promise<boolean> {
  for await (const start of createReadStream(file, { end: 1_023 })) return isXml(start as Uint8Array);
  return false;
}

function scmsWords(summary: ScmsSummary): string {
  const { lines, accepted, refused, events, stored, duplicate, seconds } = summary;
  return (
    `${lines} lines read: ${accepted} accepted, ${refused} refused; ` +
    `${events} events: ${stored} stored, ${duplicate} already there; ${seconds.toFixed(1)} s`
  );
}
