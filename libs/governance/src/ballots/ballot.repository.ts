import type { BallotKind } from '@tallyhouse/chain';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource, EntityManager } from 'typeorm';
import { SUPPORT } from '../read/vote-row.js';
import type { SignedBallot } from './ballot.js';

/** How far a ballot is: taken, under way, in a block, in the index, or given up. */
export type BallotState = 'SUBMITTED' | 'SENT' | 'MINED' | 'INDEXED' | 'FAILED';

/** A ballot that we took. Gas is what it may cost, once mined what it did cost. */
export interface RelayedBallot {
  readonly id: string;
  readonly kind: BallotKind;
  readonly proposalId: string;
  readonly support: (typeof SUPPORT)[number];
  readonly voter: string;
  readonly nonce: string;
  readonly reason: string;
  readonly state: BallotState;
  readonly gas: string;
  readonly acceptedAt: Date;
  readonly txHash: string | null;
  readonly blockNumber: string | null;
  readonly settledAt: Date | null;
  /** Why it was given up. */
  readonly failure: string | null;
}

/** A ballot that is under way, as the worker needs it. */
export interface OpenBallot {
  readonly id: string;
  readonly ballot: SignedBallot;
  readonly gas: bigint;
  readonly txHash: Hex | null;
}

/** A ballot that has taken a nonce. */
export interface KnownBallot {
  readonly id: string;
  readonly kind: BallotKind;
  readonly signature: string;
  readonly isMined: boolean;
}

type Queries = Pick<EntityManager, 'query'>;

// In the index once the vote's own transaction is; a reorganisation that takes it back shows it as mined again.
const COLUMNS = `b.id, b.kind, b.proposal_id AS "proposalId", b.support, b.voter, b.nonce::text AS nonce, b.reason,
  CASE WHEN b.state = 'ACCEPTED' THEN 'SUBMITTED'
    WHEN b.state = 'MINED' AND (EXISTS (SELECT FROM vote_cast v WHERE v.voter = b.voter AND v.tx_hash = b.tx_hash)
      OR EXISTS (SELECT FROM override_vote_cast v WHERE v.voter = b.voter AND v.tx_hash = b.tx_hash)) THEN 'INDEXED'
    ELSE b.state END AS state,
  b.gas::text AS gas, b.accepted_at AS "acceptedAt", b.tx_hash AS "txHash", b.block_number AS "blockNumber",
  b.settled_at AS "settledAt", b.failure`;

/** The ballots of one chain that members gave us. */
export class BallotRepository {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly chainId: number,
  ) {}

  /** @returns null when there is no such ballot */
  public async find(id: string): Promise<RelayedBallot | null> {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return null;
    const rows: StoredBallot[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM ballot b WHERE b.id = $1`,
      [id],
    );
    return rows[0] ? toRelayed(rows[0]) : null;
  }

  /** The last 20 of a voter, newest first. */
  public async ofVoter(voter: string, proposalId: string | null): Promise<RelayedBallot[]> {
    const rows: StoredBallot[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM ballot b WHERE b.voter = $1 AND ($2::text IS NULL OR b.proposal_id = $2)
       ORDER BY b.accepted_at DESC, b.id LIMIT 20`,
      [voter.toLowerCase(), proposalId],
    );
    return rows.map(toRelayed);
  }

  /** The one of a voter and nonce that was not given up, with its signature. */
  public async ofNonce(manager: Queries, voter: string, nonce: bigint): Promise<KnownBallot | undefined> {
    const rows: KnownBallot[] = await manager.query(
      `SELECT id, kind, signature, state = 'MINED' AS "isMined" FROM ballot
       WHERE chain_id = $1 AND voter = $2 AND nonce = $3 AND state <> 'FAILED'`,
      [this.chainId, voter.toLowerCase(), nonce.toString()],
    );
    return rows[0];
  }

  /** What has been taken since a time: ballots of the voter, those of them given up, and everybody's gas. */
  public async usage(
    manager: Queries,
    voter: string,
    since: Date,
  ): Promise<{ ballots: number; reverted: number; gas: bigint; gasUnderWay: bigint }> {
    const rows: { ballots: number; reverted: number; gas: string; underWay: string }[] = await manager.query(
      `SELECT count(*) FILTER (WHERE voter = $2)::integer AS ballots,
         count(*) FILTER (WHERE voter = $2 AND state = 'FAILED' AND tx_hash IS NOT NULL)::integer AS reverted,
         coalesce(sum(gas) FILTER (WHERE state <> 'FAILED' OR tx_hash IS NOT NULL), 0)::text AS gas,
         coalesce(sum(gas) FILTER (WHERE state IN ('ACCEPTED', 'SENT')), 0)::text AS "underWay"
       FROM ballot WHERE chain_id = $1 AND accepted_at > $3`,
      [this.chainId, voter.toLowerCase(), since],
    );
    const { ballots = 0, reverted = 0, gas = '0', underWay = '0' } = rows[0] ?? {};
    return { ballots, reverted, gas: BigInt(gas), gasUnderWay: BigInt(underWay) };
  }

  public async add(
    manager: Queries,
    id: string,
    ballot: SignedBallot,
    gas: bigint,
    now: Date,
  ): Promise<void> {
    const { kind, proposalId, support, voter, nonce, reason, params, signature } = ballot;
    await manager.query(
      `INSERT INTO ballot (id, chain_id, kind, proposal_id, support, voter, nonce, reason, params, signature, state, gas,
         accepted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'ACCEPTED', $11, $12)`,
      [
        ...[id, this.chainId, kind, proposalId.toString(), support, voter.toLowerCase(), nonce.toString()],
        ...[reason, params, signature, gas.toString(), now],
      ],
    );
  }

  /** Those taken or sent and not settled, oldest first, at most `limit`. */
  public async open(limit: number): Promise<OpenBallot[]> {
    const rows: OpenRow[] = await this.dataSource.query(
      `SELECT id, kind, proposal_id AS "proposalId", support, voter, nonce::text AS nonce, reason, params, signature,
         gas::text AS gas, tx_hash AS "txHash"
       FROM ballot WHERE chain_id = $1 AND state IN ('ACCEPTED', 'SENT') ORDER BY accepted_at, id LIMIT $2`,
      [this.chainId, limit],
    );
    return rows.map(({ id, gas, txHash, proposalId, nonce, ...ballot }) => ({
      ...{ id, txHash, gas: BigInt(gas) },
      ballot: { ...ballot, proposalId: BigInt(proposalId), nonce: BigInt(nonce) },
    }));
  }

  public async markSent(id: string, txHash: Hex): Promise<void> {
    await this.dataSource.query(`UPDATE ballot SET state = 'SENT', tx_hash = $2 WHERE id = $1`, [id, txHash]);
  }

  public async markMined(
    id: string,
    mined: { txHash: Hex; gas: bigint; block: bigint },
    now: Date,
  ): Promise<void> {
    await this.dataSource.query(
      `UPDATE ballot SET state = 'MINED', tx_hash = $2, gas = $3, block_number = $4, settled_at = $5 WHERE id = $1`,
      [id, mined.txHash, mined.gas.toString(), mined.block.toString(), now],
    );
  }

  /** @param gas what a transaction that reverted did cost; none was sent without it */
  public async markFailed(id: string, failure: string, gas: bigint | null, now: Date): Promise<void> {
    await this.dataSource.query(
      `UPDATE ballot SET state = 'FAILED', failure = $2, settled_at = $4, gas = coalesce($3, gas),
         tx_hash = CASE WHEN $3::bigint IS NULL THEN NULL ELSE tx_hash END WHERE id = $1`,
      [id, failure, gas?.toString() ?? null, now],
    );
  }

  /** Its transaction is not on the chain and will not be: it waits to be sent as if it were new. */
  public async takeBack(id: string): Promise<void> {
    await this.dataSource.query(
      `UPDATE ballot SET state = 'ACCEPTED', tx_hash = NULL, block_number = NULL, settled_at = NULL WHERE id = $1`,
      [id],
    );
  }

  /** Mined ones since a time that the index, though past their block, does not hold: a reorganisation took them back. */
  public async missing(since: Date): Promise<{ id: string; txHash: Hex }[]> {
    return this.dataSource.query(
      `SELECT b.id, b.tx_hash AS "txHash" FROM ballot b JOIN chain_checkpoint c USING (chain_id)
       WHERE b.chain_id = $1 AND b.state = 'MINED' AND b.settled_at > $2 AND b.block_number <= c.block_number
         AND NOT EXISTS (SELECT FROM vote_cast v WHERE v.voter = b.voter AND v.tx_hash = b.tx_hash)
         AND NOT EXISTS (SELECT FROM override_vote_cast v WHERE v.voter = b.voter AND v.tx_hash = b.tx_hash)`,
      [this.chainId, since],
    );
  }
}

type StoredBallot = Omit<RelayedBallot, 'support'> & { readonly support: number };
type OpenRow = Omit<SignedBallot, 'proposalId' | 'nonce'> & {
  readonly id: string;
  readonly txHash: Hex | null;
} & Record<'proposalId' | 'nonce' | 'gas', string>;

function toRelayed({ support, ...row }: StoredBallot): RelayedBallot {
  return { ...row, support: SUPPORT[support] ?? 'ABSTAIN' };
}
