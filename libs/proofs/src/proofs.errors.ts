/** What was wrong with an input to this library; the caller must correct it, retrying does not help. */
export type ProofInputCode =
  | 'NOT_HEX'
  | 'WRONG_LENGTH'
  | 'OUT_OF_RANGE'
  | 'NO_LEAVES'
  | 'NO_SUCH_LEAF'
  | 'NOT_JSON'
  | 'TOO_DEEP'
  | 'LEVELS'
  /** Bytes are no canonical RLP, or exceed its bounds. */
  | 'RLP'
  /** A trie that does not lead from its root to the value. */
  | 'TRIE'
  /** A receipt, transaction, header or log that is not of a known form. */
  | 'BLOCK'
  /** What a node answered contradicts itself; ask another node. */
  | 'NODE_INCONSISTENT'
  /** A bundle that is not of the form it names. */
  | 'BUNDLE';

/** An input that cannot be hashed or proved; `code` says which rule it breaks. */
export class ProofInputError extends Error {
  constructor(
    readonly code: ProofInputCode,
    message: string,
  ) {
    super(message);
    this.name = 'ProofInputError';
  }
}
