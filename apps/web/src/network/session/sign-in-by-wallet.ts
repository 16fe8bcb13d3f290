import { getAddress } from 'viem';
import { signMessage } from 'wagmi/actions';
import type { Hex } from '../types.js';
import { running } from '../wallet-engine.js';
import { ask } from './auth-client.js';
import { keepSession } from './session-state.js';
import type { SessionAnswer } from './session-state.js';
import { signInMessage } from './sign-in-message.js';
import type { SignInNonce } from './sign-in-message.js';

/** Asks the connected wallet to sign a message and begins a session with it. Throws what the wallet or the api says. */
export async function signInByWallet(account: Hex): Promise<void> {
  const given = await ask<SignInNonce>('nonce');
  const message = signInMessage(getAddress(account), window.location.origin, given);
  const signature = await signMessage(running().config, { account, message });
  keepSession(await ask<SessionAnswer>('sign-in', { message, signature }), Date.now());
}
