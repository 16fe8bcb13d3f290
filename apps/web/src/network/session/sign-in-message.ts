import type { Hex } from '../types.js';

/** What the api gives for one message; times are of its own clock. */
export interface SignInNonce {
  nonce: string;
  chainId: number;
  issuedAt: string;
  expiresAt: string;
}

/** The message that a wallet shows and signs (EIP-4361). */
export function signInMessage(address: Hex, origin: string, given: SignInNonce): string {
  return [
    `${new URL(origin).host} wants you to sign in with your Ethereum account:`,
    address,
    '',
    'Sign in to Tallyhouse. Nothing is sent to the chain and nothing is paid.',
    '',
    `URI: ${origin}`,
    'Version: 1',
    `Chain ID: ${given.chainId}`,
    `Nonce: ${given.nonce}`,
    `Issued At: ${given.issuedAt}`,
    `Expiration Time: ${given.expiresAt}`,
  ].join('\n');
}
