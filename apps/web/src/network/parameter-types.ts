/** A number that is voted on as part of a version. */
export interface ModelParameter {
  name: string;
  value: number;
  /** What it does, in a sentence. */
  meaning: string;
}

/** The numbers of the versions that a proposal is about; null for families that vote on none. */
export interface ChangedParameters {
  proposal: {
    modelChange: {
      fromVersion: { parameters: ModelParameter[] | null } | null;
      toVersion: { parameters: ModelParameter[] | null } | null;
    } | null;
  } | null;
}
