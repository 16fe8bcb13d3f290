import type { Entity } from '../entities/entity.js';
import type { LinkRole, TextKind, TextSource } from '../texts/text-record.js';

/** A text as it is stored. Hashes `0x` and 64 digits. */
export interface TextRow {
  readonly id: string;
  readonly partner: string;
  readonly kind: TextKind;
  readonly source: TextSource;
  readonly reference: string;
  readonly title: string;
  readonly body: string;
  /** ISO 639-1, or `und`. */
  readonly language: string;
  readonly writtenAt: Date;
  readonly recordTime: Date;
  readonly textSha256: string;
  readonly recordSha256: string;
  /** How many pieces of personal data of each kind were masked. */
  readonly masked: Readonly<Record<string, number>>;
  readonly duplicateOf: string | null;
  readonly analysed: boolean;
}

export interface TextEntityRow extends Omit<Entity, 'start' | 'end'> {
  readonly textId: string;
  readonly field: 'BODY' | 'TITLE';
  readonly start: number;
  readonly end: number;
  readonly uri: string | null;
  readonly uriConfidence: number | null;
}

export interface TextLinkRow {
  readonly textId: string;
  readonly role: LinkRole;
  readonly uri: string;
  readonly origin: 'ENTITY' | 'GIVEN';
  readonly confidence: number;
}

export interface TextTopicRow {
  readonly textId: string;
  readonly number: number;
  readonly name: string;
  readonly similarity: number;
}
