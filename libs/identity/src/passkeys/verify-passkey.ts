import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { IdentityError } from '../identity.errors.js';
import type { NewPasskey, StoredPasskey } from './passkey.rows.js';
import type { ReadCredential } from './read-credential.js';
import { webAuthn } from './web-authn.js';

const MAX_REASON = 200;

/** Where a passkey must have been used. */
export interface PasskeyPlace {
  /** The page that the challenge was given to. */
  readonly origin: string;
  readonly rpId: string;
}

/**
 * Says whether a passkey was made here and now, with its holder verified (fingerprint, face or PIN).
 *
 * @throws IdentityError `PASSKEY_REFUSED` with what was expected
 */
export async function verifiedRegistration(
  { sent, challenge }: ReadCredential,
  { origin, rpId }: PasskeyPlace,
): Promise<Omit<NewPasskey, 'address' | 'name'>> {
  const { verifyRegistrationResponse } = await webAuthn();
  const { verified, registrationInfo } = await judged(() =>
    verifyRegistrationResponse({
      response: sent as unknown as RegistrationResponseJSON,
      ...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId },
      requireUserVerification: true,
    }),
  );
  if (!verified) throw refused('the credential does not hold');
  const { credential, credentialDeviceType, credentialBackedUp } = registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    rpId,
    counter: credential.counter,
    transports: credential.transports ?? [],
    deviceType: credentialDeviceType,
    isBackedUp: credentialBackedUp,
  };
}

/**
 * Says whether a known passkey signed here and now, with its holder verified. Its counter is given, not judged: that is done
 * where it is kept, so that of two uses at once one counts.
 *
 * @throws IdentityError `PASSKEY_REFUSED` with what was expected
 */
export async function verifiedAssertion(
  { sent, challenge }: ReadCredential,
  passkey: StoredPasskey,
  { origin, rpId, userHandle }: PasskeyPlace & { readonly userHandle: string },
): Promise<{ counter: number; isBackedUp: boolean }> {
  const said = sent.response.userHandle;
  if (said && said !== userHandle) throw refused('userHandle: names another account');
  const { verifyAuthenticationResponse } = await webAuthn();
  const { verified, authenticationInfo } = await judged(() =>
    verifyAuthenticationResponse({
      response: sent as unknown as AuthenticationResponseJSON,
      ...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId },
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: 0,
        transports: [...passkey.transports],
      },
      requireUserVerification: true,
    }),
  );
  if (!verified) throw refused('signature: is not of this passkey');
  const { newCounter, credentialDeviceType, credentialBackedUp } = authenticationInfo;
  if (credentialDeviceType !== passkey.deviceType)
    throw refused(`backup eligibility: was ${passkey.deviceType} when it was added and cannot change`);
  return { counter: newCounter, isBackedUp: credentialBackedUp };
}

/** What the library throws is a refusal: it names what it found and what it expected. */
async function judged<T>(judge: () => Promise<T>): Promise<T> {
  try {
    return await judge();
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'cannot be checked';
    throw refused(reason.split('\n', 1)[0]!.slice(0, MAX_REASON));
  }
}

function refused(reason: string): IdentityError {
  return new IdentityError('PASSKEY_REFUSED', `passkey: ${reason}`);
}
