import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes for what EPCIS queries select and order by; those of steps, locations, items and transactions exist. */
export class IndexEventQueries1764000004001 implements MigrationInterface {
  public readonly name = 'IndexEventQueries1764000004001';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX epcis_event_record_time ON epcis_event (record_time, id);
      CREATE INDEX epcis_event_type ON epcis_event (event_type, event_time);
      CREATE INDEX epcis_event_read_point ON epcis_event (read_point, event_time);
      CREATE INDEX epcis_event_disposition ON epcis_event (disposition, event_time);
      CREATE INDEX epcis_event_event_id ON epcis_event ((body ->> 'eventID')) WHERE (body ->> 'eventID') IS NOT NULL;
      CREATE INDEX event_source_dest_uri ON event_source_dest (uri, event_time);
      CREATE INDEX capture_job_partner ON capture_job (partner, seq);
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX capture_job_partner, event_source_dest_uri, epcis_event_event_id, epcis_event_disposition,
        epcis_event_read_point, epcis_event_type, epcis_event_record_time`);
  }
}
