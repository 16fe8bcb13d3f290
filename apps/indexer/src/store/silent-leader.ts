import type { Session } from './session.js';

/** A leader says something every 1.5 s; one that the database has waited for so long is paused, cut off or hung. */
const SILENCE = '4 seconds';
/** Another role leads: it has to be waited for. */
const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Ends the connection of a leader that does not speak any more, so that its lock is free. Its open transaction is
 * rolled back with it: when it wakes up, it can write nothing.
 *
 * @param session a connection of the same role as the leader's
 */
export async function endSilentLeader(
  session: Pick<Session, 'query'>,
  lockSpace: number,
  chainId: number,
): Promise<void> {
  const ending = session.query(
    `SELECT pg_terminate_backend(leader.pid)
     FROM pg_locks held JOIN pg_stat_activity leader USING (pid)
     WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 2
       AND held.classid = $1::bigint::oid AND held.objid = $2::bigint::oid
       AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND leader.wait_event_type = 'Client' AND leader.state_change < clock_timestamp() - $3::interval`,
    [lockSpace, chainId, SILENCE],
  );
  await ending.catch((error: unknown) => {
    if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error;
  });
}
