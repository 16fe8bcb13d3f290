/** Why a subscription is refused. */
export type SubscriptionErrorCode =
  /** Its controls contradict each other, or the query or the address cannot be subscribed with. */
  | 'SUBSCRIPTION_INVALID'
  /** The partner has as many subscriptions as one may. */
  | 'SUBSCRIPTION_COUNT_EXCEEDED';

/** A subscription that is refused, with words for who asked. */
export class SubscriptionError extends Error {
  public constructor(
    public readonly code: SubscriptionErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'SubscriptionError';
  }
}

/** The refusal of one control. */
export function invalidControl(name: string, what: string): SubscriptionError {
  return new SubscriptionError('SUBSCRIPTION_INVALID', `${name.slice(0, 100)}: ${what}`);
}
