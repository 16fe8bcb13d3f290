import type { MigrationInterface, QueryRunner } from 'typeorm';
import { proposalView } from './chain-views.js';
import { fact } from './fact-table.js';

/** Votes that members cast over their delegate's head, what they took from it, and who may cancel a proposal. */
export class CountOverrides1764000160000 implements MigrationInterface {
  public readonly name = 'CountOverrides1764000160000';

  public async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(FACTS)) await runner.query(fact(table, columns));
    await runner.query(INDEXES);
    await runner.query(BALLOT_WEIGHT);
    await runner.query(replaced({ rows: 'ballot_weight', count: 'coalesce(sum(v.voters), 0)::integer' }));
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(replaced({ rows: 'vote_cast', count: 'count(*)::integer' }));
    await runner.query('DROP VIEW ballot_weight');
    await runner.query(`DROP TABLE ${Object.keys(FACTS).join(', ')}`);
  }
}

const FACTS: Readonly<Record<string, string>> = {
  override_vote_cast: `proposal_id text NOT NULL, voter text NOT NULL, support smallint NOT NULL,
    weight numeric(78,0) NOT NULL, reason text NOT NULL`,
  vote_reduced: `proposal_id text NOT NULL, delegate text NOT NULL, support smallint NOT NULL,
    weight numeric(78,0) NOT NULL`,
  proposal_guardian_set: 'old_guardian text NOT NULL, new_guardian text NOT NULL',
};

const INDEXES = `
  CREATE INDEX override_vote_cast_proposal ON override_vote_cast (proposal_id, block_number, log_index);
  CREATE INDEX vote_reduced_proposal ON vote_reduced (proposal_id, delegate);`;

/** What counts towards a proposal, as `proposalVotes` of GovernorCountingOverridable sums it. */
const BALLOT_WEIGHT = `CREATE VIEW ballot_weight AS
  SELECT chain_id, proposal_id, support, weight, 1 AS voters FROM vote_cast
  UNION ALL SELECT chain_id, proposal_id, support, weight, 1 FROM override_vote_cast
  UNION ALL SELECT chain_id, proposal_id, support, -weight, 0 FROM vote_reduced`;

function replaced(tally: Parameters<typeof proposalView>[0]): string {
  return proposalView(tally).replace('CREATE VIEW', 'CREATE OR REPLACE VIEW');
}
