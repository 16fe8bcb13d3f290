import { IdentityError } from '../identity.errors.js';

const MAX_LENGTH = 80;

/**
 * A name as it is kept.
 *
 * @throws IdentityError `PASSKEY_INVALID` when it is empty, too long, or more than a line
 * @example passkeyName(' Work phone ') // 'Work phone'
 */
export function passkeyName(text: string): string {
  const words = text.trim();
  if (words !== '' && words.length <= MAX_LENGTH && !/\p{Cc}/u.test(words)) return words;
  throw new IdentityError('PASSKEY_INVALID', `name: 1 to ${MAX_LENGTH} characters in one line`);
}
