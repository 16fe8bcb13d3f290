import { randomUUID } from 'node:crypto';
import { notify } from '@tallyhouse/database';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource, EntityManager } from 'typeorm';
import { AttemptLimit } from './attempt-limit.js';
import { faultOfForm, type SignedBallot } from './ballot.js';
import { BallotRepository, type KnownBallot, type RelayedBallot } from './ballot.repository.js';
import type { BallotGovernor } from './governor.service.js';
import { refused, type BallotRefusal } from './refusal.js';
import { RelayerRepository, type RelayerSign } from './relayer.repository.js';

/** How much of our gas others may use. */
export interface DeskLimits {
  readonly ballotsAVoterADay: number;
  /** Attempts, refused ones among them. */
  readonly attemptsAClientAnHour: number;
}

/** What became of a ballot that was handed in. */
export type Intake =
  | { readonly ballot: RelayedBallot; readonly refusal: null }
  | { readonly ballot: null; readonly refusal: BallotRefusal };

/** Whether ballots are relayed now, and what is left. Amounts in wei. */
export interface RelayerStatus extends DeskLimits {
  readonly isUp: boolean;
  /** Why it is not up. */
  readonly reason: string | null;
  readonly sign: RelayerSign | null;
  readonly gasLeftToday: bigint;
}

/** A ballot that costs more is refused; a smart wallet's check of its signature counts. */
export const MAX_BALLOT_GAS = 400_000n;
/**
 * Gas that a vote may need more than was estimated a moment before: in the last hours of a vote (lateQuorumVoteExtension) a
 * ballot also looks whether it reaches the quorum, and keeps the vote open. Held by test/contracts/gas/GovernorGas.t.sol.
 */
export const LATE_VOTE_GAS = 60_000n;
/** A worker that said nothing for so long is taken to be down. */
const SILENT_AFTER_MS = 45_000;
const DAY_MS = 86_400_000;
/** Who signs what the chain then refuses has cost us gas; after so many in a day no more is taken. */
const MOST_REVERTED = 2;
/** First key of the advisory lock under which limits are checked and a ballot is taken. */
const DESK_LOCK = 0x3a7f;

/** Takes signed ballots, refusing before anything is paid what the contract would refuse and what cannot be paid. */
export class BallotDesk {
  private readonly attempts: AttemptLimit;

  public constructor(
    private readonly dataSource: DataSource,
    private readonly governor: BallotGovernor,
    private readonly ballots: BallotRepository,
    private readonly relayer: RelayerRepository,
    private readonly limits: DeskLimits,
    private readonly now: () => Date,
  ) {
    this.attempts = new AttemptLimit(limits.attemptsAClientAnHour);
  }

  /**
   * Takes a ballot; the worker sends it. The same ballot handed in again is the same ballot.
   *
   * @param client who hands it in, as `AttemptLimit` counts; held in memory for an hour
   */
  public async take(ballot: SignedBallot, client: string): Promise<Intake> {
    const waitS = this.attempts.attempt(client, this.now().getTime());
    if (waitS > 0)
      return none(
        refused('TOO_MANY_ATTEMPTS', `too many ballots from this network; again in ${waitS} s`, waitS),
      );
    const fault = faultOfForm(ballot);
    if (fault) return none(fault);
    const known = await this.ballots.ofNonce(this.dataSource, ballot.voter, ballot.nonce);
    if (known) return this.again(known, ballot);
    const { isUp, reason, sign } = await this.status();
    if (!isUp || !sign)
      return none(
        refused(sign ? 'RELAYER_DOWN' : 'RELAYER_OFF', reason ?? 'ballots are not relayed', sign ? 60 : null),
      );
    const trial = await this.governor.tryBallot(ballot, sign.address as Hex);
    if (trial.refusal) return none(trial.refusal);
    return this.book(ballot, trial.gas, sign);
  }

  /** Whether ballots are relayed now, and how much may still be spent. */
  public async status(): Promise<RelayerStatus> {
    const sign = (await this.relayer.last()) ?? null;
    const { gas } = await this.ballots.usage(this.dataSource, '', this.yesterday());
    const left = sign ? sign.gasADay - gas : 0n;
    const reason = sign
      ? this.faultOf(sign)
      : 'this Tallyhouse relays no ballots: send your vote as a transaction';
    const gasLeftToday = left > 0n ? left : 0n;
    return { ...this.limits, isUp: reason === null, reason, sign, gasLeftToday };
  }

  private faultOf({ seenAt, balance, feePerGas }: RelayerSign): string | null {
    if (this.now().getTime() - seenAt.getTime() > SILENT_AFTER_MS)
      return `the relayer was last seen at ${seenAt.toISOString()}: send your vote as a transaction`;
    if (balance < MAX_BALLOT_GAS * feePerGas)
      return 'the relayer has too little coin for a ballot: send your vote as a transaction';
    return null;
  }

  private async again(known: KnownBallot, ballot: SignedBallot): Promise<Intake> {
    const isSame = known.kind === ballot.kind && known.signature === ballot.signature.toLowerCase();
    const found = isSame ? await this.ballots.find(known.id) : null;
    if (found) return { ballot: found, refusal: null };
    if (known.isMined)
      return none(refused('NONCE_USED', `nonce: ${ballot.nonce} is used; sign the next one`));
    const wait = 'nonce: another ballot of this voter is on its way; sign again when it is mined';
    return none(refused('BALLOT_ON_ITS_WAY', wait, 30));
  }

  /** One at a time, so that the sum of what was taken never passes a limit. */
  private async book(ballot: SignedBallot, estimate: bigint, sign: RelayerSign): Promise<Intake> {
    const gas = estimate + estimate / 5n + LATE_VOTE_GAS;
    const id = randomUUID();
    const refusal = await this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [DESK_LOCK, sign.address]);
      const overLimit = await this.overLimit(manager, ballot, gas, sign);
      if (overLimit) return overLimit;
      await this.ballots.add(manager, id, ballot, gas, this.now());
      await notify(manager, 'tallyhouse_ballot', { ballotId: id });
      return null;
    });
    if (refusal) return none(refusal);
    return { ballot: (await this.ballots.find(id))!, refusal: null };
  }

  private async overLimit(
    manager: EntityManager,
    ballot: SignedBallot,
    gas: bigint,
    { balance, feePerGas, gasADay }: RelayerSign,
  ): Promise<BallotRefusal | null> {
    if (gas > MAX_BALLOT_GAS)
      return refused(
        'GAS_TOO_HIGH',
        `signature: checking it takes ${gas} gas, at most ${MAX_BALLOT_GAS} are paid`,
      );
    const known = await this.ballots.ofNonce(manager, ballot.voter, ballot.nonce);
    if (known) return refused('BALLOT_ON_ITS_WAY', 'nonce: a ballot of this voter is on its way', 30);
    const used = await this.ballots.usage(manager, ballot.voter, this.yesterday());
    if (used.ballots >= this.limits.ballotsAVoterADay || used.reverted >= MOST_REVERTED)
      return refused(
        'TOO_MANY_BALLOTS',
        'voter: no more ballots are relayed for it today; vote yourself',
        86_400,
      );
    if (used.gas + gas > gasADay)
      return refused(
        'BUDGET_SPENT',
        "today's gas for ballots is spent; vote yourself, or again tomorrow",
        3_600,
      );
    if ((used.gasUnderWay + gas) * feePerGas > balance)
      return refused('RELAYER_POOR', 'the relayer cannot pay for another ballot now; vote yourself', 600);
    return null;
  }

  private yesterday(): Date {
    return new Date(this.now().getTime() - DAY_MS);
  }
}

function none(refusal: BallotRefusal): Intake {
  return { ballot: null, refusal };
}
