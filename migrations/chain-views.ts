/** Current state as views over the chain's facts: nothing to keep in step, nothing to repair after a reorganisation. */
export const chainViews: readonly string[] = [
  // A partner's last word wins: registered again after a removal counts, removed after a registration does not.
  `CREATE VIEW partner_current AS
    SELECT * FROM (
      SELECT DISTINCT ON (chain_id, partner) chain_id, partner, gln, name, metadata_hash,
        block_number AS registered_block, block_time AS registered_time, log_index, tx_hash
      FROM partner_registered ORDER BY chain_id, partner, block_number DESC, log_index DESC
    ) registered
    WHERE NOT EXISTS (
      SELECT FROM partner_removed removed
      WHERE removed.chain_id = registered.chain_id AND removed.partner = registered.partner
        AND (removed.block_number, removed.log_index) > (registered.registered_block, registered.log_index))`,

  `CREATE VIEW submitter_current AS
    SELECT DISTINCT ON (chain_id, partner, submitter) chain_id, partner, submitter, valid_from, valid_until,
      block_number AS set_block, block_time AS set_time, tx_hash
    FROM submitter_set ORDER BY chain_id, partner, submitter, block_number DESC, log_index DESC`,

  `CREATE VIEW delegate_current AS
    SELECT DISTINCT ON (chain_id, delegate) chain_id, delegate, new_votes AS votes, block_number AS changed_block
    FROM delegate_votes_changed ORDER BY chain_id, delegate, block_number DESC, log_index DESC`,

  `CREATE VIEW governor_parameter_current AS
    SELECT DISTINCT ON (chain_id, name) chain_id, name, new_value AS value, block_number AS set_block,
      block_time AS set_time, tx_hash
    FROM governor_parameter_set ORDER BY chain_id, name, block_number DESC, log_index DESC`,

  // The governor queues a proposal by scheduling its calls just before it says so.
  `CREATE VIEW proposal_operation AS
    SELECT queued.chain_id, queued.proposal_id, scheduled.operation_id
    FROM proposal_queued queued
    JOIN LATERAL (
      SELECT operation_id FROM timelock_call_scheduled candidate
      WHERE candidate.chain_id = queued.chain_id AND candidate.block_number = queued.block_number
        AND candidate.tx_hash = queued.tx_hash AND candidate.log_index < queued.log_index
      ORDER BY log_index DESC LIMIT 1
    ) scheduled ON true`,

  proposalView({ rows: 'vote_cast', count: 'count(*)::integer' }),

  // Which proposals ask for which version: calls to ModelRegistry.activate(bytes32), selector 0x59db6e85.
  `CREATE VIEW proposal_model_change AS
    SELECT p.chain_id, p.proposal_id, (call.ordinal - 1)::integer AS call_index, call.target, v.family, v.version_id,
      p.block_number AS created_block, p.log_index AS created_log_index
    FROM proposal_created p
    CROSS JOIN LATERAL unnest(p.targets, p.calldatas) WITH ORDINALITY AS call (target, calldata, ordinal)
    JOIN model_version_proposed v
      ON v.chain_id = p.chain_id AND call.calldata = '0x59db6e85' || substr(v.version_id, 3)`,

  // The timelock reports a call right after it; the operation leads to the proposal. None: set up before governance.
  `CREATE VIEW model_activation AS
    SELECT a.chain_id, a.family, a.version_id, a.previous_version_id, a.artifact_sha256, a.block_number, a.log_index,
      a.block_time, a.tx_hash, call.operation_id, operation.proposal_id
    FROM model_version_activated a
    LEFT JOIN LATERAL (
      SELECT operation_id FROM timelock_call_executed candidate
      WHERE candidate.chain_id = a.chain_id AND candidate.block_number = a.block_number
        AND candidate.tx_hash = a.tx_hash AND candidate.log_index > a.log_index
      ORDER BY log_index LIMIT 1
    ) call ON true
    LEFT JOIN proposal_operation operation
      ON operation.chain_id = a.chain_id AND operation.operation_id = call.operation_id`,

  `CREATE VIEW model_family_current AS
    SELECT DISTINCT ON (chain_id, family) chain_id, family, name, block_number AS registered_block
    FROM model_family_registered ORDER BY chain_id, family, block_number DESC, log_index DESC`,

  // After a roll-back the proposal named is the one that had last put the version in force.
  `CREATE VIEW model_active AS
    SELECT change.chain_id, change.family, f.name AS family_name, change.version_id, change.previous_version_id,
      change.artifact_sha256, v.uri, v.report_sha256, v.data_root, v.data_block,
      change.block_number AS activated_block, change.log_index AS activated_log_index,
      change.block_time AS activated_time, change.tx_hash, activation.proposal_id, change.how
    FROM (
      SELECT DISTINCT ON (chain_id, family) * FROM (
        SELECT chain_id, family, version_id, previous_version_id, artifact_sha256, block_number, log_index, block_time,
          tx_hash, 'ACTIVATED' AS how FROM model_version_activated
        UNION ALL
        SELECT chain_id, family, to_version_id, NULL, artifact_sha256, block_number, log_index, block_time,
          tx_hash, 'ROLLED_BACK' FROM model_version_rolled_back
      ) changes ORDER BY chain_id, family, block_number DESC, log_index DESC
    ) change
    LEFT JOIN model_family_current f USING (chain_id, family)
    LEFT JOIN LATERAL (
      SELECT uri, report_sha256, data_root, data_block FROM model_version_proposed proposed
      WHERE proposed.chain_id = change.chain_id AND proposed.version_id = change.version_id
      ORDER BY block_number DESC, log_index DESC LIMIT 1
    ) v ON true
    LEFT JOIN LATERAL (
      SELECT proposal_id FROM model_activation last
      WHERE last.chain_id = change.chain_id AND last.version_id = change.version_id
      ORDER BY block_number DESC, log_index DESC LIMIT 1
    ) activation ON true`,

  `CREATE VIEW model_version_current AS
    SELECT v.chain_id, v.version_id, v.family, f.name AS family_name, v.artifact_sha256, v.report_sha256, v.data_root,
      v.data_block, v.uri, v.proposer, v.block_number AS proposed_block, v.log_index AS proposed_log_index,
      v.block_time AS proposed_time, v.tx_hash AS proposed_tx,
      CASE
        WHEN active.version_id = v.version_id THEN 'ACTIVE'
        WHEN active.previous_version_id = v.version_id THEN 'PREVIOUS'
        WHEN EXISTS (SELECT FROM model_version_activated a
          WHERE a.chain_id = v.chain_id AND a.family = v.family AND a.version_id = v.version_id) THEN 'RETIRED'
        ELSE 'PROPOSED'
      END AS state
    FROM model_version_proposed v
    LEFT JOIN model_family_current f USING (chain_id, family)
    LEFT JOIN model_active active USING (chain_id, family)`,
];

/**
 * A proposal and where it stands. Clock: the time of the last block indexed. States follow OpenZeppelin's Governor and
 * GovernorTimelockControl.
 *
 * @param tally.rows what holds `support` and `weight` of each ballot; a negative weight takes back
 * @param tally.count an expression over these rows: how many voted
 */
export function proposalView(tally: { readonly rows: string; readonly count: string }): string {
  return `CREATE VIEW proposal_current AS
    SELECT p.chain_id, p.proposal_id, p.proposer, p.targets, p.call_values, p.signatures, p.calldatas, p.description,
      p.description_hash, p.vote_start, p.vote_end, deadline.deadline, p.block_number AS created_block,
      p.log_index AS created_log_index, p.block_time AS created_time, p.tx_hash AS created_tx,
      votes.for_votes, votes.against_votes, votes.abstain_votes, votes.vote_count, quorum.quorum,
      queued.eta, queued.tx_hash AS queued_tx, operation.operation_id,
      executed.tx_hash AS executed_tx, executed.block_time AS executed_time, canceled.tx_hash AS canceled_tx,
      CASE
        WHEN executed.tx_hash IS NOT NULL THEN 'EXECUTED'
        WHEN canceled.tx_hash IS NOT NULL THEN 'CANCELED'
        WHEN p.vote_start >= checkpoint.block_time THEN 'PENDING'
        WHEN deadline.deadline >= checkpoint.block_time THEN 'ACTIVE'
        WHEN votes.for_votes + votes.abstain_votes < quorum.quorum OR votes.for_votes <= votes.against_votes
          THEN 'DEFEATED'
        WHEN queued.tx_hash IS NULL THEN 'SUCCEEDED'
        ELSE 'QUEUED'
      END AS state
    FROM proposal_created p
    JOIN chain_checkpoint checkpoint USING (chain_id)
    LEFT JOIN proposal_queued queued USING (chain_id, proposal_id)
    LEFT JOIN proposal_operation operation USING (chain_id, proposal_id)
    CROSS JOIN LATERAL (
      SELECT GREATEST(p.vote_end, max(e.extended_deadline)) AS deadline FROM proposal_extended e
      WHERE e.chain_id = p.chain_id AND e.proposal_id = p.proposal_id
    ) deadline
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(weight) FILTER (WHERE support = 1), 0) AS for_votes,
        coalesce(sum(weight) FILTER (WHERE support = 0), 0) AS against_votes,
        coalesce(sum(weight) FILTER (WHERE support = 2), 0) AS abstain_votes, ${tally.count} AS vote_count
      FROM ${tally.rows} v WHERE v.chain_id = p.chain_id AND v.proposal_id = p.proposal_id
    ) votes
    CROSS JOIN LATERAL (SELECT div(supply.total * fraction.numerator, 100) AS quorum
      FROM (
        SELECT coalesce(sum(CASE WHEN t.sender = recipient THEN 0 WHEN t.sender = ${zeroAddress()} THEN amount
          ELSE -amount END), 0) AS total
        FROM token_transfer t
        WHERE t.chain_id = p.chain_id AND t.block_time <= p.vote_start
          AND (t.sender = ${zeroAddress()} OR t.recipient = ${zeroAddress()})
      ) supply
      CROSS JOIN (SELECT coalesce((
        SELECT new_value FROM governor_parameter_set g
        WHERE g.chain_id = p.chain_id AND g.name = 'quorumNumerator' AND g.block_time <= p.vote_start
        ORDER BY block_number DESC, log_index DESC LIMIT 1), 0) AS numerator) fraction
    ) quorum
    LEFT JOIN LATERAL (
      SELECT tx_hash, block_time FROM proposal_executed e
      WHERE e.chain_id = p.chain_id AND e.proposal_id = p.proposal_id
      UNION ALL
      SELECT tx_hash, block_time FROM timelock_call_executed c
      WHERE c.chain_id = p.chain_id AND c.operation_id = operation.operation_id
      LIMIT 1
    ) executed ON true
    LEFT JOIN LATERAL (
      SELECT tx_hash FROM proposal_canceled c WHERE c.chain_id = p.chain_id AND c.proposal_id = p.proposal_id
      UNION ALL
      SELECT tx_hash FROM timelock_cancelled c
      WHERE c.chain_id = p.chain_id AND c.operation_id = operation.operation_id
      LIMIT 1
    ) canceled ON true`;
}

function zeroAddress(): string {
  return `'0x${'0'.repeat(40)}'`;
}

/** The inverse of {@link chainViews}. */
export function dropChainViews(): string {
  const names = chainViews.map((view) => /^CREATE VIEW (\w+)/.exec(view)?.[1]);
  return `DROP VIEW ${names.toReversed().join(', ')}`;
}
