import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fact } from './fact-table.js';

/** What Custody and RecallNotice said, one table an event, and how things stand as views over them. */
export class CreateCustodyAndRecallFacts1764000060000 implements MigrationInterface {
  public readonly name = 'CreateCustodyAndRecallFacts1764000060000';

  public async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(FACTS)) await runner.query(fact(table, columns));
    await runner.query(INDEXES);
    for (const view of VIEWS) await runner.query(view);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW recall_current, custody_transfer, custody_change');
    await runner.query(`DROP TABLE ${Object.keys(FACTS).join(', ')}`);
  }
}

const FACTS: Readonly<Record<string, string>> = {
  custody_offered: `unit text NOT NULL, sender text NOT NULL, recipient text NOT NULL, deadline timestamptz NOT NULL`,
  custody_accepted: 'unit text NOT NULL, sender text NOT NULL, recipient text NOT NULL',
  custody_rejected: 'unit text NOT NULL, sender text NOT NULL, recipient text NOT NULL, reason text NOT NULL',
  custody_withdrawn: 'unit text NOT NULL, sender text NOT NULL, recipient text NOT NULL',
  custody_released: 'unit text NOT NULL, holder text NOT NULL, reason text NOT NULL',
  recall_opened: `recall_id text NOT NULL, opener text NOT NULL, criteria_hash text NOT NULL,
    affected_root text NOT NULL, affected_count bigint NOT NULL, uri text NOT NULL`,
  recall_acknowledged: 'recall_id text NOT NULL, partner text NOT NULL, recovered numeric(39,0) NOT NULL',
  recall_closed: 'recall_id text NOT NULL, opener text NOT NULL, outcome text NOT NULL',
};

const INDEXES = `
  CREATE INDEX custody_offered_unit ON custody_offered (unit, block_number, log_index);
  CREATE INDEX custody_offered_recipient ON custody_offered (recipient, block_number);
  CREATE INDEX custody_offered_sender ON custody_offered (sender, block_number);
  CREATE INDEX custody_accepted_unit ON custody_accepted (unit, block_number, log_index);
  CREATE INDEX custody_rejected_unit ON custody_rejected (unit, block_number, log_index);
  CREATE INDEX custody_withdrawn_unit ON custody_withdrawn (unit, block_number, log_index);
  CREATE INDEX custody_released_unit ON custody_released (unit, block_number, log_index);
  CREATE INDEX recall_opened_recall ON recall_opened (recall_id);
  CREATE INDEX recall_acknowledged_recall ON recall_acknowledged (recall_id, partner, block_number, log_index);
  CREATE INDEX recall_closed_recall ON recall_closed (recall_id);`;

const VIEWS: readonly string[] = [
  // Who holds a unit from a position on: an offer is made by the holder, an acceptance makes the recipient the holder.
  `CREATE VIEW custody_change AS
    SELECT chain_id, unit, sender AS holder, block_number, log_index, block_time, tx_hash FROM custody_offered
    UNION ALL
    SELECT chain_id, unit, recipient, block_number, log_index, block_time, tx_hash FROM custody_accepted
    UNION ALL
    SELECT chain_id, unit, NULL, block_number, log_index, block_time, tx_hash FROM custody_released`,

  // An offer and what became of it. The contract allows one open offer a unit, so the next answer is this offer's.
  `CREATE VIEW custody_transfer AS
    SELECT o.chain_id, o.unit, o.sender, o.recipient, o.deadline, o.block_number AS offered_block, o.log_index,
      o.block_time AS offered_time, o.tx_hash AS offered_tx, answer.kind AS answer, answer.block_number AS answered_block,
      answer.block_time AS answered_time, answer.tx_hash AS answered_tx, answer.reason
    FROM custody_offered o
    LEFT JOIN LATERAL (
      SELECT * FROM (
        SELECT 'ACCEPTED' AS kind, block_number, log_index, block_time, tx_hash, NULL::text AS reason
          FROM custody_accepted a WHERE a.chain_id = o.chain_id AND a.unit = o.unit
        UNION ALL
        SELECT 'REJECTED', block_number, log_index, block_time, tx_hash, reason
          FROM custody_rejected r WHERE r.chain_id = o.chain_id AND r.unit = o.unit
        UNION ALL
        SELECT 'WITHDRAWN', block_number, log_index, block_time, tx_hash, NULL
          FROM custody_withdrawn w WHERE w.chain_id = o.chain_id AND w.unit = o.unit
        UNION ALL
        SELECT 'RELEASED', block_number, log_index, block_time, tx_hash, reason
          FROM custody_released l WHERE l.chain_id = o.chain_id AND l.unit = o.unit
        UNION ALL
        SELECT 'EXPIRED', block_number, log_index, block_time, tx_hash, NULL
          FROM custody_offered n WHERE n.chain_id = o.chain_id AND n.unit = o.unit
      ) word
      WHERE (word.block_number, word.log_index) > (o.block_number, o.log_index)
      ORDER BY word.block_number, word.log_index LIMIT 1
    ) answer ON true`,

  `CREATE VIEW recall_current AS
    SELECT o.chain_id, o.recall_id, o.opener, o.criteria_hash, o.affected_root, o.affected_count, o.uri,
      o.block_number AS opened_block, o.log_index, o.block_time AS opened_time, o.tx_hash AS opened_tx,
      closed.block_number AS closed_block, closed.block_time AS closed_time, closed.outcome
    FROM recall_opened o LEFT JOIN recall_closed closed USING (chain_id, recall_id)`,
];
