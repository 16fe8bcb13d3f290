import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropYearPartitions, yearPartitions } from './year-partitions.js';

/** Partners' keys, master data, capture jobs with their errors, and the events with what they mention. */
export class CreateCapture1764000000000 implements MigrationInterface {
  public readonly name = 'CreateCapture1764000000000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE partner_key (
        key_sha256 bytea PRIMARY KEY,
        partner text NOT NULL,
        label text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE site (
        uri text PRIMARY KEY,
        name text NOT NULL,
        country text NOT NULL,
        kind text NOT NULL,
        partner text NOT NULL
      );
      CREATE TABLE product_class (
        uri text PRIMARY KEY,
        name text NOT NULL,
        product_group text NOT NULL,
        partner text NOT NULL
      );
      CREATE TABLE capture_job (
        id uuid PRIMARY KEY,
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        partner text NOT NULL,
        error_behaviour text NOT NULL CHECK (error_behaviour IN ('ROLLBACK', 'PROCEED')),
        state text NOT NULL CHECK (state IN ('RUNNING', 'SUCCEEDED', 'PARTIAL', 'FAILED')),
        total integer NOT NULL DEFAULT 0,
        stored integer NOT NULL DEFAULT 0,
        duplicate integer NOT NULL DEFAULT 0,
        rejected integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        finished_at timestamptz
      );
      CREATE TABLE capture_error (
        job_id uuid NOT NULL REFERENCES capture_job ON DELETE CASCADE,
        ordinal integer NOT NULL,
        event_index integer,
        pointer text NOT NULL,
        rule text NOT NULL,
        found text NOT NULL,
        expected text NOT NULL,
        PRIMARY KEY (job_id, ordinal)
      );
      CREATE TABLE epcis_event (
        id uuid NOT NULL,
        seq bigint GENERATED ALWAYS AS IDENTITY,
        event_time timestamptz NOT NULL,
        tz_offset text NOT NULL,
        record_time timestamptz NOT NULL,
        partner text NOT NULL,
        event_type text NOT NULL,
        action text,
        biz_step text,
        disposition text,
        read_point text,
        biz_location text,
        event_hash bytea NOT NULL CHECK (octet_length(event_hash) = 32),
        jcs_sha256 bytea NOT NULL CHECK (octet_length(jcs_sha256) = 32),
        disclosure_root bytea NOT NULL CHECK (octet_length(disclosure_root) = 32),
        disclosure_secret bytea NOT NULL CHECK (octet_length(disclosure_secret) = 32),
        capture_job uuid NOT NULL,
        body json NOT NULL,
        PRIMARY KEY (event_time, id)
      ) PARTITION BY RANGE (event_time);
      CREATE INDEX epcis_event_id ON epcis_event (id);
      CREATE INDEX epcis_event_seq ON epcis_event (seq);
      CREATE INDEX epcis_event_hash ON epcis_event (event_hash);
      CREATE INDEX epcis_event_step ON epcis_event (biz_step, event_time);
      CREATE INDEX epcis_event_location ON epcis_event (biz_location, event_time);
      CREATE TABLE event_item (
        event_time timestamptz NOT NULL,
        event_id uuid NOT NULL,
        ordinal integer NOT NULL,
        role text NOT NULL CHECK (role IN ('EPC', 'PARENT', 'CHILD', 'INPUT', 'OUTPUT')),
        uri text NOT NULL,
        product text,
        quantity numeric,
        uom text,
        PRIMARY KEY (event_time, event_id, ordinal)
      ) PARTITION BY RANGE (event_time);
      CREATE INDEX event_item_uri ON event_item (uri, event_time);
      CREATE INDEX event_item_product ON event_item (product, event_time);
      CREATE TABLE event_biz_tx (
        event_time timestamptz NOT NULL,
        event_id uuid NOT NULL,
        ordinal integer NOT NULL,
        type text,
        uri text NOT NULL,
        PRIMARY KEY (event_time, event_id, ordinal)
      ) PARTITION BY RANGE (event_time);
      CREATE INDEX event_biz_tx_uri ON event_biz_tx (uri, event_time);
      CREATE TABLE event_source_dest (
        event_time timestamptz NOT NULL,
        event_id uuid NOT NULL,
        ordinal integer NOT NULL,
        role text NOT NULL CHECK (role IN ('SOURCE', 'DESTINATION')),
        type text NOT NULL,
        uri text NOT NULL,
        PRIMARY KEY (event_time, event_id, ordinal)
      ) PARTITION BY RANGE (event_time);
    `);
    for (const table of PARTITIONED) await runner.query(yearPartitions(table));
  }

  public async down(runner: QueryRunner): Promise<void> {
    for (const table of PARTITIONED) await runner.query(dropYearPartitions(table));
    await runner.query(`
      DROP TABLE event_source_dest, event_biz_tx, event_item, epcis_event, capture_error, capture_job,
        product_class, site, partner_key`);
  }
}

const PARTITIONED = ['epcis_event', 'event_item', 'event_biz_tx', 'event_source_dest'] as const;
