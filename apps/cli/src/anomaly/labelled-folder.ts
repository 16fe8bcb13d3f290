import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSeriesFile, readWindowLabels, windowsOfRows, type LabelledFile } from '@tallyhouse/anomalies';
import { CliError } from '../cli.errors.js';
import { readText } from '../forecast/read-text.js';

/** Where labelled files lie. */
export interface FolderOptions {
  readonly input: string;
  readonly labels: string;
  readonly only?: string;
}

/** A labelled file with the name that the labels give it. */
export interface NamedFile extends LabelledFile {
  readonly name: string;
}

/** Reads the files that labels name, in the order of their names or as they were chosen. */
export async function readLabelledFolder(options: FolderOptions): Promise<NamedFile[]> {
  const labels = readWindowLabels(await readText(options.labels));
  const files: NamedFile[] = [];
  for (const name of chosen(Object.keys(labels).sort(), options)) {
    const file = readSeriesFile(await readText(pathOf(options.input, name)), name);
    files.push({ name, file, windows: windowsOfRows(file.timesMs, labels[name]!) });
  }
  return files;
}

function chosen(files: readonly string[], { only }: FolderOptions): readonly string[] {
  const wanted = only?.split(',').map((name) => name.trim());
  const unknown = wanted?.find((name) => !files.includes(name));
  if (unknown) throw new CliError(`the labels know no file ${unknown}`, 'name files as the labels do');
  if (files.length === 0) throw new CliError('the labels name no file', 'give windows for at least one file');
  return wanted ?? files;
}

function pathOf(folder: string, file: string): string {
  const found = [join(folder, file), join(folder, `${file}.gz`)].find((path) => existsSync(path));
  if (!found) {
    throw new CliError(
      `${file} of the labels is not in ${folder}`,
      'give the folder that the names start from',
    );
  }
  return found;
}
