import type { Readable } from 'node:stream';
import { CaptureService, readScms, SCMS_CONTEXT, scmsEvents, seedScmsSites, type ScmsRefusal } from '@tallyhouse/supply-chain';
import type { EpcisEvent } from '@tallyhouse/epcis';
import type { DataSource } from 'typeorm';
import { CliError } from '../cli.errors.js';

export interface ScmsImportOptions {
  readonly dataSource: DataSource;
  /** Address of the partner in whose name the lines are captured, lower case. */
  readonly partner: string;
  readonly onRefusal: (refusal: ScmsRefusal, count: number) => void;
  readonly onProgress: (lines: number) => void;
}

/** What became of a file. */
export interface ScmsSummary {
  readonly lines: number;
  readonly accepted: number;
  readonly refused: number;
  readonly events: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly seconds: number;
}

const LINES_A_DOCUMENT = 250;
const CREATION_DATE = '2015-10-01T00:00:00Z';
