/** So many candidates of a family run in shadow at once; the others wait. */
export const MOST_AT_ONCE = 3;

/** A candidate that nobody puts to a vote stops after this. */
export const MOST_DAYS = 180;

/**
 * Brings `model_shadow` to what registry and votes say. $1: families, $2: time of the chain, $3: {@link MOST_AT_ONCE}, $4:
 * {@link MOST_DAYS}. Those with an open vote come first, then the newest. A refusal stays until a run is made.
 */
export const FOLLOW_CANDIDATES = `
  WITH version AS (
    SELECT DISTINCT ON (version_id) version_id, family_name AS family, artifact_sha256, state AS standing, proposed_time
    FROM model_version_current WHERE family_name = ANY($1) ORDER BY version_id, proposed_block DESC
  ), voted AS (
    SELECT change.version_id, bool_or(proposal.state NOT IN ('DEFEATED', 'CANCELED')) AS is_open
    FROM proposal_model_change change
    JOIN version ON version.version_id = change.version_id AND version.standing = 'PROPOSED'
    JOIN proposal_current proposal ON proposal.proposal_id = change.proposal_id
    GROUP BY change.version_id
  ), judged AS (
    SELECT version.*, coalesce(voted.is_open, false) AS is_open,
      CASE
        WHEN standing <> 'PROPOSED' THEN 'it was put in force'
        WHEN NOT voted.is_open THEN 'the vote on it was lost or called off'
        WHEN voted.is_open IS NULL AND proposed_time < $2::timestamptz - make_interval(days => $4::integer)
          THEN 'it was not put to a vote within ' || $4::integer || ' days'
      END AS ended
    FROM version LEFT JOIN voted USING (version_id)
  ), ranked AS (
    SELECT judged.*, row_number() OVER (
      PARTITION BY family, ended IS NULL ORDER BY is_open DESC, proposed_time DESC, version_id) AS place FROM judged
  ), placed AS (
    SELECT version_id, family, artifact_sha256,
      CASE WHEN ended IS NOT NULL THEN 'ENDED' WHEN place > $3 THEN 'WAITS' ELSE 'RUNS' END AS state,
      CASE WHEN ended IS NOT NULL THEN ended
        WHEN place > $3 THEN $3::integer || ' other candidates of the family run' END AS reason
    FROM ranked
  )
  INSERT INTO model_shadow (version_id, family, artifact_sha256, state, reason, since)
  SELECT version_id, family, artifact_sha256, state, reason, clock_timestamp() FROM placed
  WHERE state <> 'ENDED' OR EXISTS (SELECT FROM model_shadow kept WHERE kept.version_id = placed.version_id)
  ON CONFLICT (version_id) DO UPDATE
    SET state = EXCLUDED.state, reason = EXCLUDED.reason, since = EXCLUDED.since, retry_at = NULL
    WHERE (model_shadow.state, model_shadow.reason) IS DISTINCT FROM (EXCLUDED.state, EXCLUDED.reason)
      AND NOT (model_shadow.state = 'REFUSED' AND EXCLUDED.state = 'RUNS')`;
