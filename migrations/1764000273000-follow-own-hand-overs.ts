import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AS_OWNER, firstText, IN_FORCE, UNITS } from './viewer-functions.js';

/** A grant that follows custody is inherited by those alone who got the unit from its owner, at first or second hand. */
export class FollowOwnHandOvers1764000273000 implements MigrationInterface {
  public readonly name = 'FollowOwnHandOvers1764000273000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(GRANTS_IN_FORCE);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(firstText('grants_in_force'));
  }
}

/**
 * Whether an acceptance `a` comes after a hand-over by the owner of a grant `g`, and nobody took the unit out of all hands in
 * between. Who first offers a unit that nobody holds is its holder, so two others could pass it between them.
 */
const HANDED_ON = `EXISTS (
  SELECT FROM custody_accepted f
  WHERE f.chain_id = a.chain_id AND f.unit = a.unit AND f.sender = g.owner
    AND (f.block_number, f.log_index) <= (a.block_number, a.log_index)
    AND NOT EXISTS (
      SELECT FROM custody_released r WHERE r.chain_id = a.chain_id AND r.unit = a.unit
        AND (r.block_number, r.log_index) > (f.block_number, f.log_index)
        AND (r.block_number, r.log_index) < (a.block_number, a.log_index)))`;

const GRANTS_IN_FORCE = `
  CREATE OR REPLACE FUNCTION grants_in_force() RETURNS SETOF data_grant ${AS_OWNER} LANGUAGE plpgsql ROWS 5 AS $$
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
            AND a.recipient = ANY (viewer_partners()) AND a.block_time >= g.created_at AND u.uri IN (${UNITS})
            AND ${HANDED_ON})
        THEN RETURN NEXT g; END IF;
      END LOOP;
    END $$`;
