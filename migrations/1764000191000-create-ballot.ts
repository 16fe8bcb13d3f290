import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signed ballots that members gave us to bring to the governor, and the key that pays for it. */
export class CreateBallot1764000191000 implements MigrationInterface {
  public readonly name = 'CreateBallot1764000191000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ballot (
        id uuid PRIMARY KEY,
        chain_id integer NOT NULL,
        kind text NOT NULL CHECK (kind IN ('PLAIN', 'REASONED', 'OVERRIDE')),
        proposal_id text NOT NULL,
        support smallint NOT NULL,
        voter text NOT NULL,
        nonce numeric(78,0) NOT NULL,
        reason text NOT NULL,
        params text NOT NULL,
        signature text NOT NULL,
        state text NOT NULL CHECK (state IN ('ACCEPTED', 'SENT', 'MINED', 'FAILED')),
        gas bigint NOT NULL,
        accepted_at timestamptz NOT NULL,
        tx_hash text,
        block_number bigint,
        settled_at timestamptz,
        failure text,
        CHECK ((state = 'FAILED') = (failure IS NOT NULL)),
        CHECK ((state IN ('SENT', 'MINED')) <= (tx_hash IS NOT NULL))
      );
      COMMENT ON COLUMN ballot.gas IS 'What it may cost; once mined what it did cost.';
      CREATE UNIQUE INDEX ballot_nonce ON ballot (chain_id, voter, nonce) WHERE state <> 'FAILED';
      CREATE INDEX ballot_voter ON ballot (voter, accepted_at);
      CREATE INDEX ballot_accepted ON ballot (accepted_at);
      CREATE INDEX ballot_open ON ballot (accepted_at) WHERE state IN ('ACCEPTED', 'SENT');
      CREATE TABLE ballot_relayer (
        chain_id integer PRIMARY KEY,
        address text NOT NULL,
        balance numeric(78,0) NOT NULL,
        fee_per_gas numeric(78,0) NOT NULL,
        gas_a_day bigint NOT NULL,
        seen_at timestamptz NOT NULL
      );
      COMMENT ON TABLE ballot_relayer IS 'The worker that relays ballots says here every few seconds that it does.';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ballot, ballot_relayer');
  }
}
