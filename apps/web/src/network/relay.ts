import { read, ReadError } from './graphql-client.js';
import { RELAY_BALLOT, RELAYED_BALLOT } from './queries/ballots.js';
import type { SignedBallot } from './sign-ballot.js';
import type { Hex } from './types.js';
import type { Receipt } from './wallet-state.js';

const LOOK_EVERY_MS = 1500;
const DEADLINE_MS = 120_000;

export interface Relayer {
  isUp: boolean;
  reason: string | null;
}

/** Why a ballot was not taken, or given up, in the words of the api; nothing was counted. */
export class RelayRefusal extends Error {
  override readonly name = 'RelayRefusal';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface Intake {
  relayBallot: { ballot: { id: string } | null; refusal: { code: string; message: string } | null };
}

interface Relayed {
  state: 'SUBMITTED' | 'SENT' | 'MINED' | 'INDEXED' | 'FAILED';
  txHash: Hex | null;
  blockNumber: string | null;
  failure: string | null;
}

/** Hands a signed ballot in and waits until it is in a block. Throws {@link RelayRefusal} when it is not taken. */
export async function relay(ballot: SignedBallot): Promise<Receipt> {
  const { relayBallot } = await read<Intake>(RELAY_BALLOT, { ballot });
  const { ballot: taken, refusal } = relayBallot;
  if (!taken) throw new RelayRefusal(refusal?.code ?? 'UNKNOWN', refusal?.message ?? 'no reason was given');
  const deadline = performance.now() + DEADLINE_MS;
  while (performance.now() < deadline) {
    const found = await lookAt(taken.id);
    if (found?.state === 'FAILED') throw new RelayRefusal('FAILED', found.failure ?? 'the chain refused it');
    if (found?.txHash && found.blockNumber !== null)
      return { hash: found.txHash, blockNumber: BigInt(found.blockNumber) };
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new RelayRefusal(
    'SLOW',
    'it was taken and is not in a block yet; look at the votes again in a minute',
  );
}

/** The api may be away for a moment; the ballot is with it all the same. */
async function lookAt(id: string): Promise<Relayed | null> {
  try {
    return (await read<{ relayedBallot: Relayed | null }>(RELAYED_BALLOT, { id })).relayedBallot;
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
}
