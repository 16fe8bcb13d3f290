import { IdentityError } from '../identity.errors.js';

const MAX_LENGTH = 4_096;
const ADDRESS = '0x[0-9a-fA-F]{40}';
const LINE = '[^\\n]+';

/**
 * The whole message, from its first sign to its last: a field that stands twice, out of order, or after the end matches
 * nothing, so what a wallet showed and what is judged here cannot differ.
 */
const MESSAGE = new RegExp(
  [
    `^(?:(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://)?(?<domain>[^\\s/]+) wants you to sign in with your Ethereum account:`,
    `\\n(?<address>${ADDRESS})\\n\\n(?:(?:${LINE})\\n\\n|\\n)?`,
    `URI: (?<uri>${LINE})\\nVersion: (?<version>${LINE})\\nChain ID: (?<chainId>\\d{1,15})`,
    `\\nNonce: (?<nonce>[a-zA-Z0-9]{8,64})\\nIssued At: (?<issuedAt>${LINE})`,
    `(?:\\nExpiration Time: (?<expirationTime>${LINE}))?(?:\\nNot Before: (?<notBefore>${LINE}))?`,
    `(?:\\nRequest ID: [^\\n]*)?(?:\\nResources:(?:\\n- ${LINE})*)?$`,
  ].join(''),
);
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Fields of a message by EIP-4361 that decide whether it signs in. */
export interface SiweMessage {
  /** Of the origin that asks; undefined when the message names none. */
  readonly scheme: string | undefined;
  /** Host, with the port where it has one. */
  readonly domain: string;
  /** As it stands in the message; whether its capitals are right is not checked here. */
  readonly address: `0x${string}`;
  readonly uri: string;
  readonly version: string;
  readonly chainId: number;
  readonly nonce: string;
  readonly issuedAt: Date;
  readonly expirationTime: Date | undefined;
  readonly notBefore: Date | undefined;
}

/**
 * Reads a message by EIP-4361 (Sign-In with Ethereum).
 *
 * @throws IdentityError `MESSAGE_INVALID` when the text is no such message, or one of its times is none
 */
export function readSiweMessage(text: string): SiweMessage {
  const fields = text.length <= MAX_LENGTH ? MESSAGE.exec(text)?.groups : undefined;
  if (!fields) {
    throw new IdentityError(
      'MESSAGE_INVALID',
      'message: no message by EIP-4361; make it with the nonce of POST /auth/nonce',
    );
  }
  return {
    scheme: fields['scheme'],
    domain: fields['domain']!,
    address: fields['address'] as `0x${string}`,
    uri: fields['uri']!,
    version: fields['version']!,
    chainId: Number(fields['chainId']),
    nonce: fields['nonce']!,
    issuedAt: timeOf('Issued At', fields['issuedAt']!),
    expirationTime: optionalTime('Expiration Time', fields['expirationTime']),
    notBefore: optionalTime('Not Before', fields['notBefore']),
  };
}

function optionalTime(field: string, text: string | undefined): Date | undefined {
  return text === undefined ? undefined : timeOf(field, text);
}

function timeOf(field: string, text: string): Date {
  const time = RFC_3339.test(text) ? new Date(text) : undefined;
  if (time && !Number.isNaN(time.getTime())) return time;
  throw new IdentityError('MESSAGE_INVALID', `message: ${field} is no time by RFC 3339`);
}
