import { TextIntake, type TextInput } from '@tallyhouse/nlp';
import type { DataSource } from 'typeorm';
import { readTexts, type TextColumns } from './read-texts.js';

export interface TextImportOptions {
  readonly dataSource: DataSource;
  /** Address of the partner in whose name the texts are taken in. */
  readonly partner: string;
  readonly columns: TextColumns;
  readonly onRefusal: (line: number, field: string, reason: string, count: number) => void;
  readonly onProgress: (texts: number) => void;
}

/** What became of a file. */
export interface TextSummary {
  readonly lines: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly seconds: number;
}

const TEXTS_A_TRANSACTION = 500;

/** Takes the texts of a file in, 500 a transaction: an import that was broken off is begun again and stores none twice. */
export async function importTexts(file: string, options: TextImportOptions): Promise<TextSummary> {
  const startedMs = Date.now();
  const intake = new TextIntake(options.dataSource);
  const counts = { lines: 0, stored: 0, duplicate: 0, refused: 0 };
  let waiting: { line: number; input: TextInput }[] = [];
  const refuse = (line: number, field: string, reason: string): void =>
    options.onRefusal(line, field, reason, ++counts.refused);
  const flush = async (): Promise<void> => {
    const sent = waiting;
    waiting = [];
    const outcome = await intake.take(
      sent.map(({ input }) => input),
      options.partner,
      'IMPORT',
      new Date(),
    );
    counts.stored += outcome.stored;
    counts.duplicate += outcome.duplicate;
    for (const { index, faults } of outcome.refused) {
      refuse(
        sent[index]!.line,
        faults.map(({ field }) => field).join(', '),
        faults.map(({ reason }) => reason).join('; '),
      );
    }
    options.onProgress(counts.lines);
  };
  for await (const line of readTexts(file, options.columns)) {
    counts.lines += 1;
    if (line.ok) waiting.push(line);
    else refuse(line.line, line.field, line.reason);
    if (waiting.length >= TEXTS_A_TRANSACTION) await flush();
  }
  await flush();
  return { ...counts, seconds: (Date.now() - startedMs) / 1_000 };
}
