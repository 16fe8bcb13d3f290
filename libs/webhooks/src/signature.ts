import { createHmac, timingSafeEqual } from 'node:crypto';

const PARTS = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

/** What a message is signed over. */
export interface Signed {
  readonly deliveryId: string;
  readonly body: Uint8Array;
}

/**
 * Signature of a message: `t=<Unix seconds>,v1=<hex>`, HMAC-SHA256 over `<t>.<delivery id>.<body>`. The time lets a receiver
 * refuse what was recorded and sent again, the id what was recorded and sent under another name.
 *
 * @param secret shared with the receiver
 */
export function signatureOf(secret: Uint8Array, now: Date, message: Signed): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  return `t=${seconds},v1=${digest(secret, seconds, message).toString('hex')}`;
}

/** Whether a signature is right and at most `toleranceS` seconds old; what a receiver does. */
export function isSignature(
  text: string,
  secret: Uint8Array,
  message: Signed,
  now: Date,
  toleranceS = 300,
): boolean {
  const [, seconds, given] = PARTS.exec(text) ?? [];
  if (seconds === undefined || given === undefined) return false;
  if (Math.abs(now.getTime() / 1_000 - Number(seconds)) > toleranceS) return false;
  return timingSafeEqual(digest(secret, Number(seconds), message), Buffer.from(given, 'hex'));
}

function digest(secret: Uint8Array, seconds: number, { deliveryId, body }: Signed): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.${deliveryId}.`).update(body).digest();
}
