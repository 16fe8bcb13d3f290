import type { ProfileFault } from '@tallyhouse/epcis';

export type SenderErrorCode =
  | 'PROFILE_INVALID'
  | 'PROFILE_NAME_INVALID'
  | 'PROFILE_COUNT_EXCEEDED'
  | 'PROFILE_OF_OPERATOR'
  | 'PARTNER_ADDRESS_INVALID'
  | 'COMPANY_PREFIX_INVALID';

/** Why a profile or a company prefix of a partner cannot be kept. */
export class SenderError extends Error {
  public constructor(
    public readonly code: SenderErrorCode,
    message: string,
    /** What is wrong with a profile, place by place. */
    public readonly faults: readonly ProfileFault[] = [],
  ) {
    super(message);
    this.name = 'SenderError';
  }
}
