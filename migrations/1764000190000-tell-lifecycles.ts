import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When each proposal went from state to state, who votes for whom, and what each account holds. */
export class TellLifecycles1764000190000 implements MigrationInterface {
  public readonly name = 'TellLifecycles1764000190000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(INDEXES);
    for (const view of VIEWS) await runner.query(view);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW proposal_step, proposal_canceling, delegation_current, token_balance');
    await runner.query(
      'DROP INDEX override_vote_cast_voter, delegate_changed_delegate, proposal_created_proposer',
    );
  }
}

const INDEXES = `
  CREATE INDEX override_vote_cast_voter ON override_vote_cast (voter);
  CREATE INDEX delegate_changed_delegate ON delegate_changed (to_delegate);
  CREATE INDEX proposal_created_proposer ON proposal_created (proposer);`;

const VIEWS: readonly string[] = [
  `CREATE VIEW token_balance AS
    SELECT chain_id, account, sum(amount) AS balance FROM (
      SELECT chain_id, recipient AS account, amount FROM token_transfer
      UNION ALL SELECT chain_id, sender, -amount FROM token_transfer
    ) movements WHERE account <> '0x${'0'.repeat(40)}' GROUP BY chain_id, account`,

  `CREATE VIEW delegation_current AS
    SELECT DISTINCT ON (chain_id, delegator) chain_id, delegator, to_delegate AS delegate, block_number, log_index,
      block_time AS since, tx_hash
    FROM delegate_changed ORDER BY chain_id, delegator, block_number DESC, log_index DESC`,

  // By the governor, or of the operation in the timelock.
  `CREATE VIEW proposal_canceling AS
    SELECT chain_id, proposal_id, block_time, block_number, log_index, tx_hash FROM proposal_canceled
    UNION ALL
    SELECT c.chain_id, o.proposal_id, c.block_time, c.block_number, c.log_index, c.tx_hash
    FROM timelock_cancelled c JOIN proposal_operation o USING (chain_id, operation_id)
    WHERE NOT EXISTS (SELECT FROM proposal_canceled p WHERE p.chain_id = c.chain_id AND p.proposal_id = o.proposal_id)`,

  // The governor opens a vote in the first second after the snapshot and closes it in the first after the deadline; no
  // transaction marks either.
  `CREATE VIEW proposal_step AS
    SELECT chain_id, proposal_id, 1 AS ordinal, 'PENDING' AS state, block_time AS at, false AS by_clock, block_number,
      tx_hash FROM proposal_created
    UNION ALL
    SELECT p.chain_id, p.proposal_id, 2, 'ACTIVE', p.vote_start + interval '1 second', true, NULL, NULL
    FROM proposal_created p JOIN chain_checkpoint c USING (chain_id)
    WHERE p.vote_start < c.block_time AND NOT EXISTS (SELECT FROM proposal_canceling x
      WHERE x.chain_id = p.chain_id AND x.proposal_id = p.proposal_id AND x.block_time <= p.vote_start)
    UNION ALL
    SELECT p.chain_id, p.proposal_id, 3, CASE
        WHEN p.for_votes + p.abstain_votes < p.quorum OR p.for_votes <= p.against_votes THEN 'DEFEATED'
        ELSE 'SUCCEEDED' END,
      p.deadline + interval '1 second', true, NULL, NULL
    FROM proposal_current p JOIN chain_checkpoint c USING (chain_id)
    WHERE p.deadline < c.block_time AND NOT EXISTS (SELECT FROM proposal_canceling x
      WHERE x.chain_id = p.chain_id AND x.proposal_id = p.proposal_id AND x.block_time <= p.deadline)
    UNION ALL
    SELECT chain_id, proposal_id, 4, 'QUEUED', block_time, false, block_number, tx_hash FROM proposal_queued
    UNION ALL
    SELECT p.chain_id, p.proposal_id, 5, 'EXECUTED', done.block_time, false, done.block_number, done.tx_hash
    FROM proposal_created p LEFT JOIN proposal_operation o USING (chain_id, proposal_id)
    CROSS JOIN LATERAL (
      SELECT block_time, block_number, tx_hash FROM proposal_executed e
      WHERE e.chain_id = p.chain_id AND e.proposal_id = p.proposal_id
      UNION ALL
      SELECT block_time, block_number, tx_hash FROM timelock_call_executed e
      WHERE e.chain_id = p.chain_id AND e.operation_id = o.operation_id
      LIMIT 1
    ) done
    UNION ALL
    SELECT chain_id, proposal_id, 6, 'CANCELED', block_time, false, block_number, tx_hash FROM proposal_canceling`,
];
