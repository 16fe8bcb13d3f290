import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whose a row is stands in the row itself, so that who may see it is judged without looking anywhere else. Rows of writers
 * that do not say it yet are named by triggers.
 */
export class NameSenders1764000220000 implements MigrationInterface {
  public readonly name = 'NameSenders1764000220000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(NAME_SENDER);
    for (const table of EVENT_PARTS) await runner.query(named(table));
    await runner.query(EDGES);
    await runner.query(FINDINGS);
    await runner.query(TOPICS);
    await runner.query(PIECES);
    await runner.query(DECLARED_ID);
    await runner.query(ERRONEOUS('declared_id'));
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(ERRONEOUS("body ->> 'eventID'"));
    await runner.query(`
      ALTER TABLE epcis_event DROP COLUMN declared_id;
      CREATE INDEX epcis_event_event_id ON epcis_event ((body ->> 'eventID')) WHERE (body ->> 'eventID') IS NOT NULL;
      ALTER TABLE capture_document_piece DROP COLUMN partner;
      DROP TRIGGER text_topic_member_partners ON text_topic_member;
      DROP FUNCTION name_topic_partners;
      ALTER TABLE text_topic DROP COLUMN partners;
      DROP TRIGGER finding_change_partners ON finding_change;
      DROP FUNCTION name_finding_partners;
      ALTER TABLE finding DROP COLUMN partners;
      DROP TRIGGER edge_sender ON edge;
      DROP FUNCTION name_edge_sender;
      ALTER TABLE edge DROP COLUMN partner;
    `);
    for (const table of EVENT_PARTS)
      await runner.query(
        `DROP TRIGGER ${table}_sender ON ${table}; ALTER TABLE ${table} DROP COLUMN partner`,
      );
    await runner.query('DROP FUNCTION name_sender');
  }
}

const EVENT_PARTS = ['event_item', 'event_biz_tx', 'event_source_dest'] as const;

const NAME_SENDER = `
  CREATE FUNCTION name_sender() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    BEGIN
      NEW.partner := (SELECT partner FROM epcis_event WHERE event_time = NEW.event_time AND id = NEW.event_id);
      RETURN NEW;
    END $$;`;

function named(table: string): string {
  return `
    ALTER TABLE ${table} ADD COLUMN partner text;
    UPDATE ${table} part SET partner = e.partner FROM epcis_event e
      WHERE e.event_time = part.event_time AND e.id = part.event_id;
    CREATE TRIGGER ${table}_sender BEFORE INSERT ON ${table} FOR EACH ROW WHEN (NEW.partner IS NULL)
      EXECUTE FUNCTION name_sender();`;
}

const EDGES = `
  CREATE FUNCTION name_edge_sender() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public AS $$
    BEGIN
      NEW.partner := (SELECT partner FROM epcis_event WHERE id = NEW.event_id);
      RETURN NEW;
    END $$;
  ALTER TABLE edge ADD COLUMN partner text;
  UPDATE edge SET partner = e.partner FROM epcis_event e WHERE e.id = edge.event_id;
  CREATE TRIGGER edge_sender BEFORE INSERT ON edge FOR EACH ROW WHEN (NEW.partner IS NULL)
    EXECUTE FUNCTION name_edge_sender();`;

/** A finding is of all whose events it was ever made of: its words may tell of each of them. */
const FINDINGS = `
  ALTER TABLE finding ADD COLUMN partners text[] NOT NULL DEFAULT '{}';
  COMMENT ON COLUMN finding.partners IS 'Senders of all events that were ever evidence of it.';
  UPDATE finding f SET partners = named.partners FROM (
    SELECT c.finding_id, array_agg(DISTINCT e.partner) AS partners
    FROM finding_change c JOIN epcis_event e ON e.id = ANY(c.evidence) GROUP BY c.finding_id) named
    WHERE named.finding_id = f.id;
  CREATE FUNCTION name_finding_partners() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public AS $$
    BEGIN
      UPDATE finding f SET partners = f.partners || named.partners FROM (
        SELECT s.finding_id, array_agg(DISTINCT e.partner) AS partners
        FROM stored s JOIN finding known ON known.id = s.finding_id JOIN epcis_event e ON e.id = ANY(s.evidence)
        WHERE e.partner <> ALL(known.partners) GROUP BY s.finding_id) named
      WHERE named.finding_id = f.id;
      RETURN NULL;
    END $$;
  CREATE TRIGGER finding_change_partners AFTER INSERT ON finding_change REFERENCING NEW TABLE AS stored
    FOR EACH STATEMENT EXECUTE FUNCTION name_finding_partners();`;

/** The terms of a topic are words of its texts. */
const TOPICS = `
  ALTER TABLE text_topic ADD COLUMN partners text[] NOT NULL DEFAULT '{}';
  COMMENT ON COLUMN text_topic.partners IS 'Senders of its texts.';
  UPDATE text_topic t SET partners = named.partners FROM (
    SELECT m.run_id, m.number, array_agg(DISTINCT text.partner) AS partners
    FROM text_topic_member m JOIN text ON text.id = m.text_id GROUP BY m.run_id, m.number) named
    WHERE named.run_id = t.run_id AND named.number = t.number;
  CREATE FUNCTION name_topic_partners() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public AS $$
    BEGIN
      UPDATE text_topic t SET partners = t.partners || named.partners FROM (
        SELECT s.run_id, s.number, array_agg(DISTINCT text.partner) AS partners
        FROM stored s JOIN text ON text.id = s.text_id
          JOIN text_topic known ON known.run_id = s.run_id AND known.number = s.number
        WHERE text.partner <> ALL(known.partners) GROUP BY s.run_id, s.number) named
      WHERE named.run_id = t.run_id AND named.number = t.number;
      RETURN NULL;
    END $$;
  CREATE TRIGGER text_topic_member_partners AFTER INSERT ON text_topic_member REFERENCING NEW TABLE AS stored
    FOR EACH STATEMENT EXECUTE FUNCTION name_topic_partners();`;

/** Pieces come before the document that they are of. */
const PIECES = `
  ALTER TABLE capture_document_piece ADD COLUMN partner text;
  UPDATE capture_document_piece p SET partner = d.partner FROM capture_document d WHERE d.id = p.document_id;`;

/** A column, since conditions on an expression over JSON cannot use an index where row-level security judges rows first. */
const DECLARED_ID = `
  ALTER TABLE epcis_event ADD COLUMN declared_id text GENERATED ALWAYS AS (body ->> 'eventID') STORED;
  COMMENT ON COLUMN epcis_event.declared_id IS 'The eventID that its sender gave it.';
  DROP INDEX epcis_event_event_id;
  CREATE INDEX epcis_event_declared_id ON epcis_event (declared_id) WHERE declared_id IS NOT NULL;`;

const ERRONEOUS = (eventId: string): string => `
  CREATE OR REPLACE VIEW event_declared_erroneous AS
    SELECT e.id AS event_id, c.*
    FROM epcis_event e JOIN event_correction c ON c.partner = e.partner AND c.event_hash = e.event_hash
      AND COALESCE(c.named_event_id = e.${eventId}, true)
    WHERE NOT EXISTS (SELECT FROM event_correction d WHERE d.declaration_id = e.id)
  UNION
    SELECT e.id AS event_id, c.*
    FROM epcis_event e JOIN event_correction c ON c.partner = e.partner
      AND c.named_event_id = e.${eventId}
    WHERE NOT EXISTS (SELECT FROM event_correction d WHERE d.declaration_id = e.id)`;
