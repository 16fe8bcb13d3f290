import { ReadError } from '../graphql-client.js';
import { faultSentence } from '../wallet-words.js';
import { AuthRefusal } from './auth-client.js';

const BY_REFUSAL: Record<string, string> = {
  MESSAGE_INVALID: 'Your wallet changed the message before it signed it. Try another wallet.',
  SESSION_ENDED: 'Your session has ended. Sign in again; what you have typed stays.',
  ORIGIN_REFUSED:
    'This page came by an address that this Tallyhouse does not know as its own. Open it by the address that the operator gave you.',
  CHAIN_UNAVAILABLE:
    'Your account is a contract, and the network that would have to be asked about it does not answer. Try again in a minute.',
  RATE_LIMITED: 'Too many attempts in a minute. Wait a minute, then try again.',
  PASSKEY_COPIED:
    'This passkey was refused: somebody holds a copy of it. Sign in another way, then remove it on your account page.',
  PASSKEY_LAST:
    'This is your last passkey, and no wallet has signed you in here: without it you could not come back. Add another passkey first, or sign in with the wallet.',
  PASSKEY_COUNT_EXCEEDED: 'This account has as many passkeys as it may have. Remove one that you do not use.',
  UNREACHABLE: 'The Tallyhouse api does not answer. Try again in a moment.',
};

/** Refusals whose own words say more than ours could. */
const WITH_REASON: Record<string, string> = {
  MESSAGE_REFUSED: 'Your signature was not taken.',
  PASSKEY_REFUSED: 'This passkey was not taken.',
  PASSKEY_INVALID: 'The passkey cannot be used here.',
};

/** What a device throws while it asks for a passkey, by the names of the standard. */
const BY_DEVICE: Record<string, string> = {
  NotAllowedError: 'No passkey was used: the request was closed, or ran out of time.',
  AbortError: 'No passkey was used: the request was closed.',
  InvalidStateError: 'This device has a passkey for this account already.',
  NotSupportedError: 'This device cannot make passkeys.',
  ConstraintError: 'This device cannot check a fingerprint, face or PIN, which a passkey needs here.',
  SecurityError: 'This page came by an address for which browsers make no passkeys.',
};

/** What went wrong with signing in, or with what only who is signed in may do, for the reader. */
export function sessionSentence(error: unknown): string {
  if (error instanceof AuthRefusal) return refusalSentence(error);
  if (error instanceof ReadError) return readSentence(error);
  const name = error instanceof Error ? error.name : '';
  return BY_DEVICE[name] ?? faultSentence(error);
}

function refusalSentence({ code, message }: AuthRefusal): string {
  const reason = WITH_REASON[code];
  if (reason) return `${reason} The reason: ${message}.`;
  return BY_REFUSAL[code] ?? `It did not work: ${message}`;
}

function readSentence({ code, message }: ReadError): string {
  if (code === 'UNAUTHENTICATED') return BY_REFUSAL['SESSION_ENDED']!;
  return BY_REFUSAL[code] ?? `It did not work: ${message}`;
}
