import { z } from 'zod';

const perMinute = (standard: number) => z.coerce.number().int().min(0).max(1_000_000_000).default(standard);

/** Requests a minute that one of each may make; 0 for no limit. */
export const limitVariables = {
  RATE_LIMIT_ADDRESS: perMinute(6_000),
  RATE_LIMIT_KEY: perMinute(6_000),
  RATE_LIMIT_SIGN_IN: perMinute(120),
};

/** Requests a minute that one api process takes; 0 for no limit. */
export interface RateLimitConfig {
  readonly addressPerMinute: number;
  /** Of a key, and of a session. */
  readonly keyPerMinute: number;
  /** Attempts to sign in or to refresh, by address. */
  readonly signInPerMinute: number;
}

/** The limits of parsed variables. */
export function rateLimitsOf(
  variables: Readonly<Record<keyof typeof limitVariables, number>>,
): RateLimitConfig {
  return {
    addressPerMinute: variables.RATE_LIMIT_ADDRESS,
    keyPerMinute: variables.RATE_LIMIT_KEY,
    signInPerMinute: variables.RATE_LIMIT_SIGN_IN,
  };
}
