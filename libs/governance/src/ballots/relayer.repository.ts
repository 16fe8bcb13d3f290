import type { DataSource } from 'typeorm';

/** What the worker last said of the key that pays for ballots. Amounts in wei. */
export interface RelayerSign {
  readonly address: string;
  readonly balance: bigint;
  /** What a unit of gas cost at most when it looked. */
  readonly feePerGas: bigint;
  /** Gas that it may spend in 24 hours. */
  readonly gasADay: bigint;
  readonly seenAt: Date;
}

/** The sign of life of a chain's relayer of ballots. */
export class RelayerRepository {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly chainId: number,
  ) {}

  public async show({ address, balance, feePerGas, gasADay, seenAt }: RelayerSign): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO ballot_relayer (chain_id, address, balance, fee_per_gas, gas_a_day, seen_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (chain_id) DO UPDATE SET address = EXCLUDED.address, balance = EXCLUDED.balance,
         fee_per_gas = EXCLUDED.fee_per_gas, gas_a_day = EXCLUDED.gas_a_day, seen_at = EXCLUDED.seen_at`,
      [this.chainId, address, balance.toString(), feePerGas.toString(), gasADay.toString(), seenAt],
    );
  }

  /** There is none any more, since no key is given. */
  public async withdraw(): Promise<void> {
    await this.dataSource.query('DELETE FROM ballot_relayer WHERE chain_id = $1', [this.chainId]);
  }

  public async last(): Promise<RelayerSign | undefined> {
    const rows: { address: string; balance: string; fee: string; gas: string; seenAt: Date }[] =
      await this.dataSource.query(
        `SELECT address, balance::text, fee_per_gas::text AS fee, gas_a_day::text AS gas, seen_at AS "seenAt"
         FROM ballot_relayer WHERE chain_id = $1`,
        [this.chainId],
      );
    const [row] = rows;
    if (!row) return undefined;
    const { address, balance, fee, gas, seenAt } = row;
    return { address, balance: BigInt(balance), feePerGas: BigInt(fee), gasADay: BigInt(gas), seenAt };
  }
}
