import type { MigrationInterface, QueryRunner } from 'typeorm';
import { chainViews, dropChainViews } from './chain-views.js';
import { fact } from './fact-table.js';

/**
 * What the chain said, one table an event, never updated; a reorganisation deletes the rows above the common
 * ancestor. `infinity` stands for a time beyond the year 9999. Numbers keep the width that the contract gives them.
 */
export class CreateChainFacts1764000002000 implements MigrationInterface {
  public readonly name = 'CreateChainFacts1764000002000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(PROGRESS);
    for (const [table, columns] of Object.entries(FACTS)) await runner.query(fact(table, columns));
    await runner.query(INDEXES);
    for (const view of chainViews) await runner.query(view);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropChainViews());
    await runner.query(`DROP TABLE ${Object.keys(FACTS).join(', ')}, chain_block, chain_checkpoint`);
  }
}

const PROGRESS = `
  CREATE TABLE chain_checkpoint (
    chain_id integer PRIMARY KEY,
    block_number bigint NOT NULL,
    block_hash text NOT NULL,
    block_time timestamptz NOT NULL,
    genesis_hash text NOT NULL,
    contracts_digest text NOT NULL,
    head_number bigint NOT NULL,
    updated_at timestamptz NOT NULL
  );
  CREATE TABLE chain_block (
    chain_id integer NOT NULL,
    number bigint NOT NULL,
    hash text NOT NULL,
    parent_hash text NOT NULL,
    block_time timestamptz NOT NULL,
    fact_count integer NOT NULL,
    PRIMARY KEY (chain_id, number)
  );`;

const FACTS: Readonly<Record<string, string>> = {
  trace_anchored: `partner text NOT NULL, root text NOT NULL, seq numeric(20,0) NOT NULL, count bigint NOT NULL,
    prev_head text NOT NULL, head text NOT NULL, schema_id text NOT NULL, submitter text NOT NULL, uri text NOT NULL`,
  trace_error_declared: `partner text NOT NULL, root text NOT NULL, leaf text NOT NULL, leaf_index bigint NOT NULL,
    reason text NOT NULL, submitter text NOT NULL`,
  partner_registered:
    'partner text NOT NULL, gln text NOT NULL, name text NOT NULL, metadata_hash text NOT NULL',
  partner_removed: 'partner text NOT NULL',
  submitter_set: `partner text NOT NULL, submitter text NOT NULL, valid_from timestamptz NOT NULL,
    valid_until timestamptz NOT NULL`,
  model_family_registered: 'family text NOT NULL, name text NOT NULL',
  model_version_proposed: `family text NOT NULL, version_id text NOT NULL, proposer text NOT NULL,
    artifact_sha256 text NOT NULL, report_sha256 text NOT NULL, data_root text NOT NULL,
    data_block numeric(20,0) NOT NULL, uri text NOT NULL`,
  model_version_activated: `family text NOT NULL, version_id text NOT NULL, previous_version_id text NOT NULL,
    artifact_sha256 text NOT NULL`,
  model_version_rolled_back: `family text NOT NULL, from_version_id text NOT NULL, to_version_id text NOT NULL,
    artifact_sha256 text NOT NULL, guardian text NOT NULL`,
  forecast_committed: `family text NOT NULL, version_id text NOT NULL, root text NOT NULL, as_of timestamptz NOT NULL,
    first_target timestamptz NOT NULL, count bigint NOT NULL, committer text NOT NULL`,
  proposal_created: `proposal_id text NOT NULL, proposer text NOT NULL, targets text[] NOT NULL,
    call_values numeric(78,0)[] NOT NULL, signatures text[] NOT NULL, calldatas text[] NOT NULL,
    vote_start timestamptz NOT NULL, vote_end timestamptz NOT NULL, description text NOT NULL,
    description_hash text NOT NULL`,
  proposal_queued: 'proposal_id text NOT NULL, eta timestamptz NOT NULL',
  proposal_executed: 'proposal_id text NOT NULL',
  proposal_canceled: 'proposal_id text NOT NULL',
  proposal_extended: 'proposal_id text NOT NULL, extended_deadline timestamptz NOT NULL',
  vote_cast: `proposal_id text NOT NULL, voter text NOT NULL, support smallint NOT NULL,
    weight numeric(78,0) NOT NULL, reason text NOT NULL, params text`,
  delegate_changed: 'delegator text NOT NULL, from_delegate text NOT NULL, to_delegate text NOT NULL',
  delegate_votes_changed: `delegate text NOT NULL, previous_votes numeric(78,0) NOT NULL,
    new_votes numeric(78,0) NOT NULL`,
  token_transfer: 'sender text NOT NULL, recipient text NOT NULL, amount numeric(78,0) NOT NULL',
  timelock_call_scheduled: `operation_id text NOT NULL, call_index numeric(78,0) NOT NULL, target text NOT NULL,
    value numeric(78,0) NOT NULL, call_data text NOT NULL, predecessor text NOT NULL, delay_s numeric(78,0) NOT NULL`,
  timelock_call_executed: `operation_id text NOT NULL, call_index numeric(78,0) NOT NULL, target text NOT NULL,
    value numeric(78,0) NOT NULL, call_data text NOT NULL`,
  timelock_cancelled: 'operation_id text NOT NULL',
  governor_parameter_set: `name text NOT NULL, old_value numeric(78,0) NOT NULL, new_value numeric(78,0) NOT NULL`,
};

/** No index on text that a stranger may make longer than an index entry can be. */
const INDEXES = `
  CREATE INDEX trace_anchored_root ON trace_anchored (partner, root);
  CREATE INDEX trace_error_declared_leaf ON trace_error_declared (partner, root, leaf);
  CREATE INDEX partner_registered_partner ON partner_registered (partner);
  CREATE INDEX partner_removed_partner ON partner_removed (partner);
  CREATE INDEX submitter_set_partner ON submitter_set (partner, submitter);
  CREATE INDEX model_version_proposed_version ON model_version_proposed (version_id);
  CREATE INDEX model_version_activated_family ON model_version_activated (family);
  CREATE INDEX model_version_rolled_back_family ON model_version_rolled_back (family);
  CREATE INDEX forecast_committed_root ON forecast_committed (root);
  CREATE INDEX proposal_created_proposal ON proposal_created (proposal_id);
  CREATE INDEX proposal_queued_proposal ON proposal_queued (proposal_id);
  CREATE INDEX proposal_executed_proposal ON proposal_executed (proposal_id);
  CREATE INDEX proposal_canceled_proposal ON proposal_canceled (proposal_id);
  CREATE INDEX proposal_extended_proposal ON proposal_extended (proposal_id);
  CREATE INDEX vote_cast_proposal ON vote_cast (proposal_id, block_number, log_index);
  CREATE INDEX vote_cast_voter ON vote_cast (voter);
  CREATE INDEX delegate_changed_delegator ON delegate_changed (delegator);
  CREATE INDEX delegate_votes_changed_delegate ON delegate_votes_changed (delegate, block_number, log_index);
  CREATE INDEX token_transfer_sender ON token_transfer (sender);
  CREATE INDEX token_transfer_recipient ON token_transfer (recipient);
  CREATE INDEX timelock_call_scheduled_operation ON timelock_call_scheduled (operation_id);
  CREATE INDEX timelock_call_executed_operation ON timelock_call_executed (operation_id);
  CREATE INDEX timelock_cancelled_operation ON timelock_cancelled (operation_id);`;
