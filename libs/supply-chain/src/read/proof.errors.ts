/** The stored leaves of a batch do not give the root that was anchored: the database was altered; restore it. */
export class ProofInconsistentError extends Error {
  public readonly code = 'PROOF_INCONSISTENT';

  public constructor(root: string, found: string) {
    super(`the leaves stored for batch ${root} give the root ${found}; restore the database from a backup`);
    this.name = 'ProofInconsistentError';
  }
}
