import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Command } from 'commander';
import { CliError } from '../cli.errors.js';
import { localContext } from '../local-context.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { connect } from '../up/seed.js';
import { DEFAULT_PARTNER, partnerOf, SHOWN_REFUSALS } from './partner-option.js';
import { importTexts } from './import-texts.js';
import type { TextColumns } from './read-texts.js';

interface TextsOptions extends TextColumns {
  readonly stateDir: string;
  readonly partner: string;
}

/** `tallyhouse import texts` */
export function addTextsCommand(group: Command): void {
  group
    .command('texts <file>')
    .description('texts of a .csv or .jsonl, plain or .gz: masked, hashed, anchored, searched')
    .option('--text <column>', 'column with the words', 'text')
    .option('--title <column>', 'column with a title')
    .option('--date <column>', 'column with the day or time of writing', 'date')
    .option('--id <column>', 'column with your own number of the text')
    .option(
      '--kind <kind or column>',
      'COMPLAINT, INCIDENT, INSPECTION, NOTE, RECALL, or the column that says it',
      'NOTE',
    )
    .option('--product <column>', 'column with products, identifiers split by ; or |')
    .option('--site <column>', 'column with sites, as above')
    .option('--destination <column>', 'column with the far ends of lanes, as above')
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .option('--partner <index or address>', 'in whose name', DEFAULT_PARTNER)
    .action(texts);
}

async function texts(file: string, options: TextsOptions): Promise<void> {
  await access(file, constants.R_OK).catch(() => {
    throw new CliError(`${file} cannot be read`, 'give the path of a .csv or .jsonl, plain or .gz');
  });
  const context = await localContext(options.stateDir);
  const dataSource = await connect(context.databaseUrl);
  try {
    const summary = await importTexts(file, {
      dataSource,
      partner: partnerOf(context, options.partner),
      columns: options,
      onRefusal: (line, field, reason, count) => {
        if (count <= SHOWN_REFUSALS) process.stderr.write(`line ${line}: ${field}: ${reason}\n`);
      },
      onProgress: (read) => {
        if (process.stdout.isTTY) process.stdout.write(`\r${read} texts`);
      },
    });
    const { lines, stored, duplicate, refused, seconds } = summary;
    process.stdout.write(
      `${process.stdout.isTTY ? '\r' : ''}${lines} texts read: ${stored} stored, ${duplicate} already there, ${refused} refused; ${seconds.toFixed(1)} s\n`,
    );
    if (refused > 0) process.exitCode = 1;
  } finally {
    await dataSource.destroy();
  }
}
