import { describe, expect, it } from '@jest/globals';
import { ReadError } from '../graphql-client.js';
import { AuthRefusal } from './auth-client.js';
import { sessionSentence } from './session-words.js';

describe('what is said when somebody is not let in', () => {
  it.each(['MESSAGE_INVALID', 'SESSION_ENDED', 'ORIGIN_REFUSED', 'CHAIN_UNAVAILABLE', 'RATE_LIMITED'])(
    'has words of its own for %s, without the words of the api',
    (code) => {
      const sentence = sessionSentence(new AuthRefusal(code, 'URI: expected x'));
      expect(sentence).not.toContain('expected x');
      expect(sentence).toMatch(/^[A-Z].*\.$/);
    },
  );

  it('gives the reason of a signature or passkey that was not taken', () => {
    expect(sessionSentence(new AuthRefusal('MESSAGE_REFUSED', 'message: Chain ID: expected 31337'))).toBe(
      'Your signature was not taken. The reason: message: Chain ID: expected 31337.',
    );
    expect(sessionSentence(new AuthRefusal('PASSKEY_REFUSED', 'passkey: x'))).toContain(
      'The reason: passkey: x',
    );
  });

  it('words what the device says, and what the wallet says', () => {
    const closed = Object.assign(new Error('x'), { name: 'NotAllowedError' });
    expect(sessionSentence(closed)).toMatch(/closed, or ran out of time/);
    expect(sessionSentence({ code: 4001 })).toMatch(/declined the request in your wallet/);
  });

  it('says that the session ended when the api knows nobody behind a request', () => {
    expect(sessionSentence(new ReadError('UNAUTHENTICATED', 'send a key'))).toMatch(/session has ended/);
  });
});
