import { Injectable } from '@nestjs/common';
import { checkMessage, type SignInPlace } from './check-message.js';
import { NonceRepository } from './nonce.repository.js';
import { SessionRepository } from './session.repository.js';
import type { SessionTokens } from './session.rows.js';
import { verifySignature, type SignatureChain } from './signature.service.js';
import { readSiweMessage } from './siwe-message.js';

/** A message and its signature, as a wallet gives them. */
export interface SignedMessage {
  readonly message: string;
  readonly signature: string;
  /** What the client calls itself. */
  readonly device: string;
}

/** Signs people in with their wallets (EIP-4361). */
@Injectable()
export class SignInService {
  public constructor(
    private readonly nonces: NonceRepository,
    private readonly sessions: SessionRepository,
  ) {}

  /**
   * Begins a session of who signed. The nonce is spent before the signature is looked at: a message has one try.
   *
   * @throws IdentityError `MESSAGE_INVALID`, `MESSAGE_REFUSED` or `CHAIN_UNAVAILABLE`
   */
  public async signIn(
    { message, signature, device }: SignedMessage,
    place: SignInPlace,
    chain: SignatureChain,
    now: Date,
  ): Promise<{ tokens: SessionTokens; origin: string }> {
    const read = readSiweMessage(message);
    const origin = checkMessage(read, place, now);
    await this.nonces.spend(read.nonce, now);
    await verifySignature(chain, { address: read.address, message, signature });
    return { tokens: await this.sessions.begin(read.address, device, now), origin };
  }
}
