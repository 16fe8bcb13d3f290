import type { Hex } from './types.js';

export interface TextPart {
  text: string;
  hit: boolean;
}

export interface TextLabels {
  versionId: Hex;
  artifactSha256: Hex;
  proposalId: string | null;
  answer: 'LABELLED' | 'UNSURE' | 'OUT_OF_DOMAIN';
  labels: string[];
  probabilities: { label: string; probability: number; threshold: number }[];
  labelledAt: string;
}

export interface TextHead {
  id: string;
  kind: string;
  title: string;
  body: string;
  partner: Hex;
  writtenAt: string;
  labels: TextLabels[];
  topic: { number: number; name: string; similarity: number } | null;
}

export interface FoundTextRow extends TextHead {
  duplicateOf: string | null;
  match: {
    lexicalRank: number | null;
    semanticRank: number | null;
    similarity: number | null;
    excerpt: TextPart[];
  } | null;
}

export interface TextEntityRow {
  type: string;
  field: 'TITLE' | 'BODY';
  start: number;
  end: number;
  surface: string;
  value: string;
  confidence: number;
  uri: string | null;
  uriConfidence: number | null;
}

export interface TextLinkRow {
  role: string;
  uri: string;
  origin: string;
  confidence: number;
}

/** What a person said of a text. */
export interface LabelCorrection {
  labels: string[];
  correctedBy: Hex;
  reason: string;
  correctedAt: string;
}

export interface TextDetail extends TextHead {
  source: string;
  reference: string;
  language: string;
  recordTime: string;
  textSha256: Hex;
  recordSha256: Hex;
  masked: Record<string, number>;
  duplicateOf: string | null;
  corrections: LabelCorrection[];
  entities: TextEntityRow[];
  links: TextLinkRow[];
  similar: { similarity: number; text: TextHead }[];
}

export interface TextProofAnswer {
  intact: boolean;
  seq: string;
  root: Hex;
  leaf: Hex;
  path: Hex[];
  chainId: number;
  blockNumber: string;
  blockHash: Hex;
  blockTime: string;
  txHash: Hex;
}

export interface RecallFields {
  items: string[];
  products: string[];
  sites: string[];
  from: string | null;
  to: string | null;
}

export interface TextRecallAnswer {
  lots: string[];
  unresolved: string[];
  confidence: number;
  input: RecallFields | null;
}

export interface TopicBurst {
  from: string;
  to: string;
  count: number;
  total: number;
  baseShare: number;
  qValue: number;
  emerging: boolean;
}

export interface TopicRow {
  number: number;
  name: string;
  terms: string[];
  count: number;
  share: number;
  periods: { periodStart: string; count: number; total: number; share: number }[];
  bursts: TopicBurst[];
  changes: string[];
  about: { role: string; uri: string; count: number }[];
}

export interface TopicTrendRow {
  topic: number;
  topics: number[];
  name: string;
  burst: TopicBurst;
}
