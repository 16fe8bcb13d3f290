import { parseControls, type Controls, type SubscriptionRow } from '@tallyhouse/supply-chain';
import type { DeadDelivery } from '@tallyhouse/webhooks';
import { ProblemError } from './problems.js';

const MAX_TOKEN_LENGTH = 256;
const MEMBERS: ReadonlySet<string> = new Set([
  'dest',
  'signatureToken',
  'stream',
  'schedule',
  'reportIfEmpty',
  'initialRecordTime',
]);

/** A subscription as a client asks for it (EPCIS 2.0 REST bindings). */
export interface SubscriptionAsked {
  readonly dest: string;
  readonly signatureToken: string | null;
  readonly controls: Controls;
}

/** Reads a request for a subscription. */
export function subscriptionIn(body: Readonly<Record<string, unknown>>, now: Date): SubscriptionAsked {
  const unknown = Object.keys(body).find((name) => !MEMBERS.has(name));
  if (unknown !== undefined) {
    const known = [...MEMBERS].join(', ');
    throw new ProblemError('ValidationException', `${unknown.slice(0, 100)}: is none of ${known}`);
  }
  const { dest, signatureToken = null } = body;
  if (typeof dest !== 'string') {
    throw new ProblemError('ValidationException', 'dest: takes the https address that is to be called');
  }
  if (signatureToken !== null && !isToken(signatureToken)) {
    const message = `signatureToken: takes a text of 1 to ${MAX_TOKEN_LENGTH} characters; 32 or more are hard to guess`;
    throw new ProblemError('ValidationException', message);
  }
  return { dest, signatureToken, controls: parseControls(body, now) };
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_TOKEN_LENGTH;
}

/** A subscription as it is shown: the standard's members, and how its messages stand; never its token. */
export function subscriptionDocument(row: SubscriptionRow): object {
  const { schedule, initialRecordTime, lastDeliveredAt, lastRunAt, nextAt } = row;
  return {
    subscriptionID: row.id,
    dest: row.dest,
    createdAt: row.createdAt.toISOString(),
    ...(lastDeliveredAt ? { lastNotifiedAt: lastDeliveredAt.toISOString() } : {}),
    ...(initialRecordTime ? { initialRecordTime: initialRecordTime.toISOString() } : {}),
    minRecordTime: (lastRunAt ?? initialRecordTime ?? row.createdAt).toISOString(),
    ...(schedule ? { schedule, reportIfEmpty: row.reportIfEmpty } : { stream: true }),
    ...(nextAt ? { nextRunAt: nextAt.toISOString() } : {}),
    signed: row.isSigned,
    waiting: row.waiting,
    deadLetters: row.dead,
    ...(row.lastError === null ? {} : { lastError: row.lastError }),
  };
}

/** A message that was given up. */
export function deadLetter({ id, createdAt, attempts, lastError, bytes }: DeadDelivery): object {
  return { deliveryID: id, createdAt: createdAt.toISOString(), attempts, lastError, bytes };
}
