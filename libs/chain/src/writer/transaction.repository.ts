import type { DataSource } from 'typeorm';
import type { Hex } from 'viem';
import type { Fees } from './fees.js';

/** One signed form of a transaction; a replacement is another one under the same nonce. */
export interface Attempt extends Fees {
  readonly hash: Hex;
  readonly raw: Hex;
  readonly madeAt: Date;
}

/** A transaction that was written down and is not settled, with its latest attempt and the hashes of all. */
export interface OpenTransaction {
  readonly id: string;
  readonly nonce: number;
  readonly purpose: string;
  readonly target: Hex;
  readonly callData: Hex;
  readonly gas: bigint;
  readonly latest: Attempt;
  readonly hashes: readonly Hex[];
}

export type TransactionState = 'SENT' | 'MINED' | 'REVERTED' | 'SUPERSEDED';

/** What is to be written down before it is sent. */
export type NewTransaction = Pick<OpenTransaction, 'nonce' | 'purpose' | 'target' | 'callData' | 'gas'>;

/** The transactions of one key on one chain. */
export class TransactionRepository {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly chainId: number,
    private readonly sender: Hex,
  ) {}

  /** Those not settled, by nonce. */
  public async open(): Promise<OpenTransaction[]> {
    const rows: Stored[] = await this.dataSource.query(
      `SELECT t.id, t.nonce, t.purpose, t.target, t.call_data AS "callData", t.gas, a.hash, a.raw,
         a.max_fee AS "maxFee", a.priority_fee AS "priorityFee", a.made_at AS "madeAt",
         ARRAY(SELECT hash FROM chain_transaction_attempt x WHERE x.transaction_id = t.id ORDER BY ordinal) AS hashes
       FROM chain_transaction t JOIN LATERAL (
         SELECT * FROM chain_transaction_attempt x WHERE x.transaction_id = t.id ORDER BY ordinal DESC LIMIT 1
       ) a ON true
       WHERE t.chain_id = $1 AND t.sender = $2 AND t.state = 'SENT' ORDER BY t.nonce`,
      [this.chainId, this.sender],
    );
    return rows.map(({ hash, raw, maxFee, priorityFee, madeAt, nonce, gas, ...row }) => ({
      ...{ ...row, nonce: Number(nonce), gas: BigInt(gas) },
      latest: { hash, raw, madeAt, maxFee: BigInt(maxFee), priorityFee: BigInt(priorityFee) },
    }));
  }

  /** Writes a transaction and its first attempt down, both or neither. */
  public async record(transaction: NewTransaction, attempt: Attempt): Promise<string> {
    return this.dataSource.transaction(async (manager) => {
      const { nonce, purpose, target, callData, gas } = transaction;
      const [{ id }]: [{ id: string }] = await manager.query(
        `INSERT INTO chain_transaction (chain_id, sender, nonce, purpose, target, call_data, gas, state, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'SENT', $8) RETURNING id`,
        [this.chainId, this.sender, nonce, purpose, target, callData, gas.toString(), attempt.madeAt],
      );
      await manager.query(ADD_ATTEMPT, attemptValues(id, attempt));
      return id;
    });
  }

  /** Writes a replacement down. */
  public async addAttempt(id: string, attempt: Attempt): Promise<void> {
    await this.dataSource.query(ADD_ATTEMPT, attemptValues(id, attempt));
  }

  public async settle(id: string, state: Exclude<TransactionState, 'SENT'>, now: Date): Promise<void> {
    await this.dataSource.query('UPDATE chain_transaction SET state = $2, settled_at = $3 WHERE id = $1', [
      ...[id, state, now],
    ]);
  }

  /** Hashes of every form in which the transaction was sent that has this one. */
  public async formsOf(hash: Hex): Promise<Hex[]> {
    const rows: { hash: Hex }[] = await this.dataSource.query(
      `SELECT form.hash FROM chain_transaction_attempt known
       JOIN chain_transaction_attempt form USING (transaction_id) WHERE known.hash = $1 ORDER BY form.ordinal`,
      [hash],
    );
    return rows.map((row) => row.hash);
  }

  /** How the transaction stands that has this attempt. */
  public async stateOf(hash: Hex): Promise<TransactionState | undefined> {
    const [row]: { state: TransactionState }[] = await this.dataSource.query(
      `SELECT t.state FROM chain_transaction t JOIN chain_transaction_attempt a ON a.transaction_id = t.id
       WHERE a.hash = $1`,
      [hash],
    );
    return row?.state;
  }
}

type Stored = Omit<OpenTransaction, 'nonce' | 'gas' | 'latest'> &
  Pick<Attempt, 'hash' | 'raw' | 'madeAt'> &
  Record<'nonce' | 'gas' | 'maxFee' | 'priorityFee', string>;

const ADD_ATTEMPT = `
  INSERT INTO chain_transaction_attempt (transaction_id, ordinal, hash, raw, max_fee, priority_fee, made_at)
  VALUES ($1, (SELECT count(*) FROM chain_transaction_attempt WHERE transaction_id = $1), $2, $3, $4, $5, $6)`;

function attemptValues(id: string, { hash, raw, maxFee, priorityFee, madeAt }: Attempt): unknown[] {
  return [id, hash, raw, maxFee.toString(), priorityFee.toString(), madeAt];
}
