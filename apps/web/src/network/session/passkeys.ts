import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { ask } from './auth-client.js';
import { keepFresh } from './session-keeper.js';
import { keepSession } from './session-state.js';
import type { SessionAnswer } from './session-state.js';

type Creation = Parameters<typeof startRegistration>[0]['optionsJSON'];
type Request = Parameters<typeof startAuthentication>[0]['optionsJSON'];

/** Signs in with a passkey of this device. Throws what the device or the api says. */
export async function signInByPasskey(): Promise<void> {
  const credential = await startAuthentication({
    optionsJSON: await ask<Request>('passkeys/sign-in-options'),
  });
  keepSession(await ask<SessionAnswer>('passkeys/sign-in', { credential }), Date.now());
}

/** Makes a passkey on this device for who is signed in, under a name. */
export async function addPasskey(name: string): Promise<void> {
  await keepFresh();
  const credential = await startRegistration({ optionsJSON: await ask<Creation>('passkeys/add-options') });
  await ask('passkeys/add', { name, credential });
}
