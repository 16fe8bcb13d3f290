import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What events say of how items hang together, one row a statement, and the events whose statements are still to be
 * written. How long a statement holds is read from the statements after it, so that an event that comes late, or is
 * declared wrong, has nothing to repair (ADR 22).
 */
export class CreateItemGraph1764000061000 implements MigrationInterface {
  public readonly name = 'CreateItemGraph1764000061000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE edge (
        seq bigint NOT NULL,
        ordinal integer NOT NULL,
        kind text NOT NULL CHECK (kind IN
          ('AGGREGATION', 'ASSOCIATION', 'INPUT', 'OUTPUT', 'LOT', 'DEPARTURE', 'DESTINATION', 'ARRIVAL')),
        action text NOT NULL CHECK (action IN ('ADD', 'OBSERVE', 'DELETE')),
        source text NOT NULL,
        target text NOT NULL,
        by_class boolean NOT NULL,
        quantity numeric,
        uom text,
        at timestamptz NOT NULL,
        event_id uuid NOT NULL,
        record_time timestamptz NOT NULL,
        declared_at timestamptz,
        PRIMARY KEY (seq, ordinal)
      );
      CREATE INDEX edge_source ON edge (source, at, seq);
      CREATE INDEX edge_target ON edge (target, at, seq);
      CREATE INDEX edge_emptied ON edge (target, kind, at, seq) WHERE source = '*';
      CREATE TABLE edge_queue (
        seq bigint PRIMARY KEY,
        event_id uuid NOT NULL,
        event_time timestamptz NOT NULL
      );
      INSERT INTO edge_queue (seq, event_id, event_time) SELECT seq, id, event_time FROM epcis_event;
      CREATE TABLE logistic_unit (
        unit text PRIMARY KEY,
        uri text NOT NULL
      );
      CREATE VIEW event_error_on_chain AS
        SELECT l.event_id, d.block_number, d.block_time
        FROM trace_error_declared d
        JOIN anchor_batch b ON b.partner = d.partner AND b.root = d.root
        JOIN anchor_leaf l ON l.batch_id = b.id AND l.leaf = decode(substr(d.leaf, 3), 'hex');
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW event_error_on_chain;
      DROP TABLE logistic_unit, edge_queue, edge`);
  }
}
