import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { isIP } from 'node:net';
import { IdentityError } from '../identity.errors.js';
import { SessionRepository } from '../sessions/session.repository.js';
import type { SessionTokens } from '../sessions/session.rows.js';
import { CHALLENGE_LIFE_MS, ChallengeRepository } from './challenge.repository.js';
import { PasskeyRepository } from './passkey.repository.js';
import type { PasskeyRow } from './passkey.rows.js';
import { readCredential } from './read-credential.js';
import { verifiedAssertion, verifiedRegistration } from './verify-passkey.js';
import { webAuthn } from './web-authn.js';

const NAME = 'Tallyhouse';

/** Adds passkeys to accounts and signs people in with them (WebAuthn); what is biometric stays on their device. */
@Injectable()
export class PasskeyService {
  public constructor(
    private readonly challenges: ChallengeRepository,
    private readonly passkeys: PasskeyRepository,
    private readonly sessions: SessionRepository,
  ) {}

  /**
   * What a browser needs to make a passkey for an account.
   *
   * @param origin the page that asks, one of ours
   * @throws IdentityError `PASSKEY_INVALID` where the page came by a number and not by a name
   */
  public async addOptions(
    address: string,
    origin: string,
    now: Date,
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const rpID = hostOf(origin);
    const known = (await this.passkeys.stored(address)).filter((passkey) => passkey.rpId === rpID);
    const challenge = await this.challenges.issue(origin, address, now);
    const { generateRegistrationOptions } = await webAuthn();
    return generateRegistrationOptions({
      ...{ rpName: NAME, rpID, challenge: bytesOf(challenge), timeout: CHALLENGE_LIFE_MS },
      userName: shortOf(address),
      userDisplayName: address,
      userID: userHandle(address),
      attestationType: 'none',
      excludeCredentials: known.map(({ credentialId, transports }) => ({
        id: credentialId,
        transports: [...transports],
      })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  /**
   * Keeps the passkey that a browser made.
   *
   * @throws IdentityError `PASSKEY_INVALID`, `PASSKEY_REFUSED` or `PASSKEY_COUNT_EXCEEDED`
   */
  public async add(
    address: string,
    { name, credential }: { name: string; credential: unknown },
    now: Date,
  ): Promise<PasskeyRow> {
    const read = readCredential(credential);
    const spent = await this.challenges.spend(read.challenge, now);
    if (spent.address !== address.toLowerCase())
      throw new IdentityError('PASSKEY_REFUSED', 'challenge: was given to somebody else, or for signing in');
    const verified = await verifiedRegistration(read, { origin: spent.origin, rpId: hostOf(spent.origin) });
    return this.passkeys.add({ ...verified, address, name }, now);
  }

  /**
   * What a browser needs to sign in with any passkey that it has for us.
   *
   * @throws IdentityError `PASSKEY_INVALID` where the page came by a number and not by a name
   */
  public async signInOptions(origin: string, now: Date): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const rpID = hostOf(origin);
    const challenge = await this.challenges.issue(origin, null, now);
    const { generateAuthenticationOptions } = await webAuthn();
    return generateAuthenticationOptions({
      ...{ rpID, challenge: bytesOf(challenge), timeout: CHALLENGE_LIFE_MS },
      userVerification: 'required',
    });
  }

  /**
   * Begins a session of the account whose passkey signed. The challenge is spent before the signature is looked at.
   *
   * @throws IdentityError `PASSKEY_INVALID`, `PASSKEY_REFUSED`, or `PASSKEY_COPIED` when its counter went back
   */
  public async signIn(
    { credential, device }: { credential: unknown; device: string },
    now: Date,
  ): Promise<{ tokens: SessionTokens; origin: string }> {
    const read = readCredential(credential);
    const { origin, address } = await this.challenges.spend(read.challenge, now);
    if (address !== null)
      throw new IdentityError('PASSKEY_REFUSED', 'challenge: was given for adding a passkey');
    const passkey = await this.passkeys.find(read.id);
    if (!passkey)
      throw new IdentityError(
        'PASSKEY_REFUSED',
        'credential: no account here has this passkey; it may have been removed. Sign in with the wallet',
      );
    const { counter, isBackedUp } = await verifiedAssertion(read, passkey, {
      ...{ origin, rpId: hostOf(origin) },
      userHandle: Buffer.from(userHandle(passkey.address)).toString('base64url'),
    });
    if (!(await this.passkeys.use(passkey.id, counter, isBackedUp, now)))
      throw new IdentityError(
        'PASSKEY_COPIED',
        'counter: went back, as only that of a copy does. This passkey opens nothing any more: sign in another way and remove it',
      );
    return { tokens: await this.sessions.begin(passkey.address, device, now, passkey.id), origin };
  }
}

/** The name that passkeys are bound to. */
function hostOf(origin: string): string {
  const { hostname } = new URL(origin);
  if (isIP(hostname) === 0 && !hostname.startsWith('[')) return hostname;
  throw new IdentityError(
    'PASSKEY_INVALID',
    `origin: passkeys are made for a name and not for the number ${hostname}; open the page by a name of PUBLIC_ORIGINS, such as http://localhost`,
  );
}

/** The same for every passkey of an account, and no word about who it is to somebody who finds the device. */
function userHandle(address: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(`tallyhouse passkey ${address.toLowerCase()}`).digest());
}

const bytesOf = (challenge: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(challenge, 'base64url'));

const shortOf = (address: string): string => `${address.slice(0, 6)}…${address.slice(-4)}`;
