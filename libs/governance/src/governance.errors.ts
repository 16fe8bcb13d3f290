/** Every failure of this library that a caller can act on. */
export type GovernanceErrorCode = 'PROPOSAL_INVALID' | 'ADDRESS_INVALID' | 'PAGE_INVALID' | 'FILTER_INVALID';

/** Something given cannot be used; the message names the field and what is expected. */
export class GovernanceError extends Error {
  public constructor(
    public readonly code: GovernanceErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'GovernanceError';
  }
}
