import type { AnomaliesErrorCode } from '@tallyhouse/anomalies';
import type { AuditErrorCode } from '@tallyhouse/audit';
import type { InvalidCursorError } from '@tallyhouse/database';
import type { ForecastingErrorCode } from '@tallyhouse/forecasting';
import type { GovernanceErrorCode } from '@tallyhouse/governance';
import type { IdentityErrorCode } from '@tallyhouse/identity';
import type { NlpErrorCode } from '@tallyhouse/nlp';
import type { ModelRegistryErrorCode } from '@tallyhouse/model-registry';
import type { ProofInputCode } from '@tallyhouse/proofs';
import type {
  BundleErrorCode,
  ExportErrorCode,
  ProofInconsistentError,
  SenderErrorCode,
  SharingErrorCode,
} from '@tallyhouse/supply-chain';

/** Every code that a lib may throw at a resolver; a new one does not compile until it is mapped below. */
export type LibErrorCode =
  | Extract<AnomaliesErrorCode, 'ANOMALY_UNKNOWN' | 'INVALID_LABEL'>
  | AuditErrorCode
  | BundleErrorCode
  | ExportErrorCode
  | Extract<ForecastingErrorCode, 'INVALID_OPTIONS' | 'INVALID_PANEL'>
  | Extract<ProofInputCode, 'BUNDLE'>
  | GovernanceErrorCode
  | IdentityErrorCode
  | InvalidCursorError['code']
  // What stores answer names hosts that are nobody's business: it is for the log alone.
  | Exclude<ModelRegistryErrorCode, 'STORE_REFUSED' | 'STORE_UNAVAILABLE' | 'QUORUM_MISSED'>
  | Extract<
      NlpErrorCode,
      | 'CORRECTION_INVALID'
      | 'ENCODER_FAILED'
      | 'ENCODER_MISSING'
      | 'ENCODER_STOPPED'
      | 'QUERY_INVALID'
      | 'TEXT_UNKNOWN'
    >
  | ProofInconsistentError['code']
  | SenderErrorCode
  | SharingErrorCode;

/** What a client can act on, as `extensions.code`. */
export type PublicErrorCode =
  | 'CURSOR_INVALID'
  | 'ARGUMENT_INVALID'
  | 'PAGE_SIZE_INVALID'
  | 'PROFILE_COUNT_EXCEEDED'
  | 'PROFILE_OF_OPERATOR'
  | 'PROOF_INCONSISTENT'
  | 'PROOF_NOT_READY'
  | 'NODE_INCONSISTENT'
  | 'ARTIFACT_MISSING'
  | 'ARTIFACT_ALTERED'
  | 'ARTIFACT_TOO_LARGE'
  | 'CHAIN_UNAVAILABLE'
  | 'ENCODER_UNAVAILABLE'
  | 'FORBIDDEN'
  | 'GRANT_COUNT_EXCEEDED'
  | 'KEY_COUNT_EXCEEDED'
  | 'PASSKEY_LAST'
  | 'UNAUTHENTICATED';

const PUBLIC_CODE: Readonly<Record<LibErrorCode, PublicErrorCode>> = {
  CURSOR_INVALID: 'CURSOR_INVALID',
  PAGE_INVALID: 'PAGE_SIZE_INVALID',
  ADDRESS_INVALID: 'ARGUMENT_INVALID',
  FILTER_INVALID: 'ARGUMENT_INVALID',
  PROPOSAL_INVALID: 'ARGUMENT_INVALID',
  PROOF_INCONSISTENT: 'PROOF_INCONSISTENT',
  BUNDLE: 'ARGUMENT_INVALID',
  ANOMALY_UNKNOWN: 'ARGUMENT_INVALID',
  INVALID_LABEL: 'ARGUMENT_INVALID',
  EVENT_UNKNOWN: 'ARGUMENT_INVALID',
  NOT_ANCHORED: 'PROOF_NOT_READY',
  DATABASE_INCONSISTENT: 'PROOF_INCONSISTENT',
  NODE_INCONSISTENT: 'NODE_INCONSISTENT',
  ARTIFACT_MISSING: 'ARTIFACT_MISSING',
  ARTIFACT_ALTERED: 'ARTIFACT_ALTERED',
  ARTIFACT_TOO_LARGE: 'ARTIFACT_TOO_LARGE',
  HASH_MALFORMED: 'ARGUMENT_INVALID',
  RULE_SET_MALFORMED: 'ARGUMENT_INVALID',
  RULE_SET_NOT_RUNNING: 'ARGUMENT_INVALID',
  FINDING_UNKNOWN: 'ARGUMENT_INVALID',
  FINDING_STATE: 'ARGUMENT_INVALID',
  BALANCE_INVALID: 'ARGUMENT_INVALID',
  RECALL_INVALID: 'ARGUMENT_INVALID',
  REPORT_TOO_LARGE: 'ARGUMENT_INVALID',
  INVALID_OPTIONS: 'ARGUMENT_INVALID',
  INVALID_PANEL: 'ARGUMENT_INVALID',
  EXPORT_INVALID: 'ARGUMENT_INVALID',
  EXPORT_TOO_LARGE: 'ARGUMENT_INVALID',
  TRACE_INVALID: 'ARGUMENT_INVALID',
  PROFILE_INVALID: 'ARGUMENT_INVALID',
  PROFILE_NAME_INVALID: 'ARGUMENT_INVALID',
  PROFILE_COUNT_EXCEEDED: 'PROFILE_COUNT_EXCEEDED',
  PROFILE_OF_OPERATOR: 'PROFILE_OF_OPERATOR',
  PARTNER_ADDRESS_INVALID: 'ARGUMENT_INVALID',
  COMPANY_PREFIX_INVALID: 'ARGUMENT_INVALID',
  GRANT_INVALID: 'ARGUMENT_INVALID',
  GRANT_UNKNOWN: 'ARGUMENT_INVALID',
  GRANT_COUNT_EXCEEDED: 'GRANT_COUNT_EXCEEDED',
  QUERY_INVALID: 'ARGUMENT_INVALID',
  CORRECTION_INVALID: 'ARGUMENT_INVALID',
  TEXT_UNKNOWN: 'ARGUMENT_INVALID',
  ENCODER_MISSING: 'ENCODER_UNAVAILABLE',
  ENCODER_FAILED: 'ENCODER_UNAVAILABLE',
  ENCODER_STOPPED: 'ENCODER_UNAVAILABLE',
  KEY_UNKNOWN: 'UNAUTHENTICATED',
  KEY_EXPIRED: 'UNAUTHENTICATED',
  KEY_REVOKED: 'UNAUTHENTICATED',
  KEY_PARTNER_REMOVED: 'UNAUTHENTICATED',
  KEY_SCOPE_MISSING: 'FORBIDDEN',
  KEY_INVALID: 'ARGUMENT_INVALID',
  KEY_ID_UNKNOWN: 'ARGUMENT_INVALID',
  KEY_COUNT_EXCEEDED: 'KEY_COUNT_EXCEEDED',
  PARTNER_UNKNOWN: 'ARGUMENT_INVALID',
  MESSAGE_INVALID: 'ARGUMENT_INVALID',
  MESSAGE_REFUSED: 'UNAUTHENTICATED',
  SESSION_ENDED: 'UNAUTHENTICATED',
  SESSION_UNKNOWN: 'ARGUMENT_INVALID',
  ROLE_MISSING: 'FORBIDDEN',
  PASSKEY_INVALID: 'ARGUMENT_INVALID',
  PASSKEY_REFUSED: 'UNAUTHENTICATED',
  PASSKEY_COPIED: 'UNAUTHENTICATED',
  PASSKEY_LAST: 'PASSKEY_LAST',
  PASSKEY_COUNT_EXCEEDED: 'ARGUMENT_INVALID',
  ORIGIN_REFUSED: 'FORBIDDEN',
  CHAIN_UNAVAILABLE: 'CHAIN_UNAVAILABLE',
};

/** The public code of an error that one of our libs made, or undefined for any other error. */
export function publicCodeOf(error: unknown): PublicErrorCode | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return Object.hasOwn(PUBLIC_CODE, error.code) ? PUBLIC_CODE[error.code as LibErrorCode] : undefined;
}
