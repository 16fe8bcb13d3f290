import { describe, expect, it } from '@jest/globals';
import { parseSiweMessage } from 'viem/siwe';
import { signInMessage } from './sign-in-message.js';

const ADDRESS = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const GIVEN = {
  nonce: '0123456789abcdef',
  chainId: 31337,
  issuedAt: '2026-03-01T12:00:00.000Z',
  expiresAt: '2026-03-01T12:10:00.000Z',
};

describe('the message that a wallet signs to sign in', () => {
  it('is read by EIP-4361 as what was put in', () => {
    expect(parseSiweMessage(signInMessage(ADDRESS, 'https://tally.example:8443', GIVEN))).toMatchObject({
      domain: 'tally.example:8443',
      address: ADDRESS,
      uri: 'https://tally.example:8443',
      version: '1',
      chainId: 31337,
      nonce: GIVEN.nonce,
      issuedAt: new Date(GIVEN.issuedAt),
      expirationTime: new Date(GIVEN.expiresAt),
    });
  });

  it('says in plain words that nothing is paid', () => {
    expect(signInMessage(ADDRESS, 'https://tally.example', GIVEN)).toMatch(/nothing is paid\.\n\nURI:/);
  });
});
