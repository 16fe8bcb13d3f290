/** What the caller of an audit can act on. */
export type AuditErrorCode =
  | 'RULE_SET_MALFORMED'
  | 'RULE_SET_NOT_RUNNING'
  | 'FINDING_UNKNOWN'
  | 'FINDING_STATE'
  | 'BALANCE_INVALID'
  | 'RECALL_INVALID'
  | 'REPORT_TOO_LARGE'
  | 'TRACE_INVALID';

/** A failure of an audit that has a way out; the message says it. */
export class AuditError extends Error {
  public constructor(
    public readonly code: AuditErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'AuditError';
  }
}
