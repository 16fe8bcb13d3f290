/** Functions that read more than their caller may: they run as their owner, with names that nobody can bend. */
export const AS_OWNER = 'STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp';

const EVENT = 'SELECT g.id, e.id, e.event_time, e.event_hash, e.capture_job FROM';
const TIMES = `e.partner = g.owner AND e.event_time >= coalesce(g.event_from, '-infinity')
  AND e.event_time < coalesce(g.event_to, 'infinity')`;
/** Events that a grant `g` covers, by its kind. */
const COVERED = `
  CASE g.kind
    WHEN 'EVENTS' THEN
      RETURN QUERY ${EVENT} epcis_event e WHERE ${TIMES};
    WHEN 'ITEM' THEN
      RETURN QUERY ${EVENT} (SELECT DISTINCT i.event_time, i.event_id FROM event_item i WHERE i.uri = g.resource) named
        JOIN epcis_event e ON e.event_time = named.event_time AND e.id = named.event_id WHERE ${TIMES};
    WHEN 'PRODUCT' THEN
      RETURN QUERY ${EVENT} (SELECT DISTINCT i.event_time, i.event_id FROM event_item i WHERE i.product = g.resource) named
        JOIN epcis_event e ON e.event_time = named.event_time AND e.id = named.event_id WHERE ${TIMES};
    WHEN 'SITE' THEN
      RETURN QUERY ${EVENT} epcis_event e
        WHERE (e.biz_location = g.resource OR e.read_point = g.resource) AND ${TIMES};
  END CASE;`;

/**
 * Containers of an item by what the owner of a grant says, and the item itself. Nobody else's word counts, or anybody could
 * say that the item is in a unit of theirs.
 */
export const UNITS = `
  WITH RECURSIVE unit (uri, depth) AS (
    SELECT g.resource, 0
    UNION
    SELECT outer_unit.uri, unit.depth + 1 FROM unit
      JOIN event_item inner_unit ON inner_unit.uri = unit.uri AND inner_unit.role = 'CHILD' AND inner_unit.partner = g.owner
      JOIN event_item outer_unit ON outer_unit.event_time = inner_unit.event_time
        AND outer_unit.event_id = inner_unit.event_id AND outer_unit.role = 'PARENT'
    WHERE unit.depth < 5)
  SELECT uri FROM unit`;

export const IN_FORCE = 'd.revoked_at IS NULL AND (d.expires_at IS NULL OR d.expires_at > now())';

/** In the order in which one uses the other. In PL/pgSQL, whose plans are kept: to plan for every partition takes longer than to run. */
export const VIEWER_FUNCTIONS: readonly string[] = [
  `CREATE FUNCTION viewer_partners() RETURNS text[] STABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT string_to_array(coalesce(current_setting('tallyhouse.partners', true), ''), ',') $$`,

  `CREATE FUNCTION viewer_addresses() RETURNS text[] STABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT string_to_array(coalesce(current_setting('tallyhouse.addresses', true), ''), ',') $$`,

  // What is not set is closed.
  `CREATE FUNCTION is_open_by_default() RETURNS boolean STABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT coalesce(current_setting('tallyhouse.partner_data', true), '') = 'open' $$`,

  // Who takes custody of what was granted, or of what it is packed in, after the grant was made, inherits it.
  `CREATE FUNCTION grants_in_force() RETURNS SETOF data_grant ${AS_OWNER} LANGUAGE plpgsql ROWS 5 AS $$
    DECLARE
      addresses text[] := viewer_addresses();
      g data_grant;
    BEGIN
      IF cardinality(addresses) = 0 THEN RETURN; END IF;
      RETURN QUERY SELECT d.* FROM data_grant d WHERE ${IN_FORCE} AND d.grantee = ANY (addresses);
      FOR g IN SELECT d.* FROM data_grant d WHERE ${IN_FORCE} AND d.follows_custody AND d.owner <> ALL (addresses)
        AND d.grantee <> ALL (addresses)
      LOOP
        IF EXISTS (
          SELECT FROM custody_accepted a JOIN logistic_unit u ON u.unit = a.unit
          WHERE a.chain_id = nullif(current_setting('tallyhouse.home_chain', true), '')::integer
            AND a.recipient = ANY (viewer_partners()) AND a.block_time >= g.created_at AND u.uri IN (${UNITS}))
        THEN RETURN NEXT g; END IF;
      END LOOP;
    END $$`,

  `CREATE FUNCTION has_grants() RETURNS boolean ${AS_OWNER} LANGUAGE plpgsql AS $$
    BEGIN RETURN EXISTS (SELECT FROM grants_in_force() WHERE kind <> 'EVERYTHING'); END $$`,

  `CREATE FUNCTION shown_partners() RETURNS text[] ${AS_OWNER} LANGUAGE plpgsql AS $$
    BEGIN
      RETURN ARRAY(
        SELECT unnest(viewer_partners()) UNION SELECT partner FROM partner_sharing WHERE sharing = 'OPEN'
        UNION SELECT owner FROM grants_in_force() WHERE kind = 'EVERYTHING');
    END $$`,

  `CREATE FUNCTION hidden_partners() RETURNS text[] ${AS_OWNER} LANGUAGE plpgsql AS $$
    DECLARE
      closed text[] := ARRAY(SELECT partner FROM partner_sharing WHERE sharing = 'PRIVATE');
    BEGIN
      IF cardinality(closed) = 0 THEN RETURN closed; END IF;
      RETURN ARRAY(SELECT unnest(closed) EXCEPT SELECT unnest(shown_partners()));
    END $$`,

  `CREATE FUNCTION sees_everybody() RETURNS boolean ${AS_OWNER} LANGUAGE plpgsql AS $$
    BEGIN RETURN is_open_by_default() AND cardinality(hidden_partners()) = 0; END $$`,

  `CREATE FUNCTION granted_events(limited boolean) RETURNS TABLE (
      grant_id uuid, event_id uuid, event_time timestamptz, event_hash bytea, capture_job uuid)
    ${AS_OWNER} LANGUAGE plpgsql ROWS 100 AS $$
    #variable_conflict use_column
    DECLARE
      g data_grant;
    BEGIN
      FOR g IN SELECT d.* FROM grants_in_force() d WHERE d.kind <> 'EVERYTHING' AND (d.fields IS NOT NULL) = limited LOOP
        ${COVERED}
      END LOOP;
    END $$`,

  `CREATE FUNCTION granted_batches() RETURNS TABLE (batch_id bigint) ${AS_OWNER} LANGUAGE plpgsql ROWS 20 AS $$
    BEGIN
      RETURN QUERY SELECT DISTINCT l.batch_id FROM granted_events(false) e JOIN anchor_leaf l ON l.event_id = e.event_id;
    END $$`,

  `CREATE FUNCTION recalls_told() RETURNS text[] ${AS_OWNER} LANGUAGE plpgsql AS $$
    BEGIN RETURN ARRAY(SELECT recall_id FROM recall_message WHERE partner = ANY (viewer_partners())); END $$`,

  `CREATE FUNCTION recall_deliveries() RETURNS SETOF uuid ${AS_OWNER} LANGUAGE sql ROWS 20 AS $$
    SELECT m.delivery_id FROM recall_message m JOIN recall r ON r.id = m.recall_id
    WHERE m.delivery_id IS NOT NULL AND (sees_everybody() OR r.partner = ANY (shown_partners())
      OR is_open_by_default() AND r.partner <> ALL (hidden_partners())) $$`,

  // What the api has to do with rows of others and must not read.
  `CREATE FUNCTION recall_endpoints() RETURNS TABLE (id uuid, partner text, created_at timestamptz)
    ${AS_OWNER} LANGUAGE sql ROWS 20 AS $$
    SELECT id, partner, created_at FROM webhook_endpoint WHERE purpose = 'recall' $$`,

  `CREATE FUNCTION anomaly_label_counts() RETURNS TABLE (is_real integer, not_real integer) ${AS_OWNER} LANGUAGE sql AS $$
    SELECT (count(*) FILTER (WHERE verdict = 'REAL'))::integer, (count(*) FILTER (WHERE verdict = 'NOT_REAL'))::integer
    FROM anomaly_label $$`,

  `CREATE FUNCTION number_captures(most integer) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
    BEGIN
      UPDATE capture_job j SET feed_position = n.position FROM (
        SELECT id, nextval('capture_feed') AS position FROM (
          SELECT id FROM capture_job WHERE feed_position IS NULL AND stored > 0 AND state <> 'RUNNING'
          ORDER BY seq LIMIT most) ended) n
      WHERE j.id = n.id;
      RETURN (SELECT coalesce(max(feed_position), 0) FROM capture_job);
    END $$`,

  `CREATE FUNCTION fail_abandoned_captures(lock_class integer) RETURNS integer LANGUAGE sql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
    WITH running AS MATERIALIZED (SELECT id FROM capture_job WHERE state = 'RUNNING'),
    dead AS MATERIALIZED (
      SELECT id FROM running WHERE pg_try_advisory_xact_lock(lock_class, hashtext(id::text))),
    ended AS (
      UPDATE capture_job SET state = 'FAILED', stored = 0, duplicate = 0, rejected = total,
        finished_at = clock_timestamp()
      WHERE id IN (SELECT id FROM dead) AND state = 'RUNNING' RETURNING id),
    told AS (
      INSERT INTO capture_error (job_id, ordinal, event_index, pointer, rule, found, expected)
      SELECT id, 0, NULL, '', 'interrupted', 'the server ended while it took the document in',
        'nothing of it is stored: send the document again' FROM ended)
    SELECT count(*)::integer FROM dead $$`,

  // One row a grant: how many rows of an answer name what it opened. `named` are ids of events and addresses of partners.
  `CREATE FUNCTION note_reads(operation text, row_numbers integer[], named text[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH mention AS (SELECT DISTINCT n, name FROM unnest(row_numbers, named) AS m (n, name)),
    opened AS (
      SELECT granted.grant_id, mention.n FROM mention JOIN (
        SELECT grant_id, event_id FROM granted_events(false) UNION ALL
        SELECT grant_id, event_id FROM granted_events(true)) granted ON granted.event_id::text = mention.name
      UNION
      SELECT g.id, mention.n FROM grants_in_force() g JOIN mention ON mention.name = g.owner WHERE g.kind = 'EVERYTHING'
      UNION
      SELECT g.id, mention.n FROM grants_in_force() g
        JOIN mention ON mention.name ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
        JOIN epcis_event e ON e.id = mention.name::uuid AND e.partner = g.owner WHERE g.kind = 'EVERYTHING')
    INSERT INTO data_read (grant_id, owner, reader, operation, row_count)
    SELECT g.id, g.owner, (viewer_addresses())[1], left(operation, 200), count(DISTINCT opened.n)
    FROM grants_in_force() g LEFT JOIN opened ON opened.grant_id = g.id
    WHERE g.owner <> ALL (viewer_partners())
      AND (opened.n IS NOT NULL OR (cardinality(row_numbers) = 0 AND g.fields IS NULL))
    GROUP BY g.id, g.owner $$`,
];

/** SQL that puts a function back as it was at first, for migrations that changed it and are taken back. */
export function firstText(name: string): string {
  const definition = VIEWER_FUNCTIONS.find((one) => one.startsWith(`CREATE FUNCTION ${name}(`));
  if (definition === undefined) throw new Error(`viewer functions: none is called ${name}`);
  return definition.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION');
}

/** Names and argument types, as DROP FUNCTION wants them. */
export function viewerFunctionNames(): string[] {
  return VIEWER_FUNCTIONS.map((definition) => {
    const [, name = '', parameters = ''] = /^CREATE FUNCTION (\w+)\(([^)]*)\)/.exec(definition) ?? [];
    const types = parameters.split(',').map((parameter) => parameter.trim().replace(/^\w+ /, ''));
    return `${name}(${types.join(', ')})`;
  });
}
