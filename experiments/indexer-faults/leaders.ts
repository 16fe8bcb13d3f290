import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { holding, same, type FaultWorld } from './fault-world.js';
import { caughtUp, IndexProcess } from './index-process.js';
import { outcome, type Outcome } from './outcome.js';

/**
 * Two indexers; the leader is paused with SIGSTOP or killed, while blocks are mined. How long until the other one leads
 * is measured; then the paused one wakes up, believing that it leads, and must write nothing.
 */
export async function leaders(
  world: FaultWorld,
  how: 'SIGSTOP' | 'SIGKILL',
  count: number,
): Promise<Outcome> {
  const databaseUrl = await world.database(`leaders_${how.toLowerCase()}`);
  const takeovers: number[] = [];
  let [unequal, atOnce, lost] = [0, 0, 0];
  let leader = IndexProcess.start(world, databaseUrl);
  await leader.says(({ event }) => event === 'leading');
  for (let round = 0; round < count; round++) {
    const heir = IndexProcess.start(world, databaseUrl);
    await heir.says(({ event }) => event === 'standby');
    await world.mine(1);
    await sleep(world.random() * 30);
    const begun = performance.now();
    leader.child.kill(how);
    const taken = heir.says(({ event }) => event === 'leading');
    await taken;
    takeovers.push(performance.now() - begun);
    for (let block = 0; block < 5; block++) await world.mine(1);
    if (how === 'SIGSTOP') {
      leader.child.kill('SIGCONT');
      for (let block = 0; block < 5; block++) await world.mine(1);
      await leader.says(({ event, code }) => event === 'retry' && /DATABASE|LEADER/.test(code ?? ''));
      lost++;
      if ((await writers(databaseUrl)) > 1) atOnce++;
    }
    await caughtUp(world, databaseUrl);
    await leader.kill('SIGKILL');
    if (!same(await holding(databaseUrl, world.deployment.chainId), await world.cleanRun())) unequal++;
    leader = heir;
  }
  await leader.kill('SIGTERM');
  return outcome(
    how === 'SIGSTOP'
      ? 'leader paused, standby takes over, leader wakes up'
      : 'leader killed, standby takes over',
    count,
    count,
    unequal,
    {
      takeoversMs: takeovers.map(Math.round),
      ...(how === 'SIGSTOP' ? { noticedByTheOldLeader: lost, twoLeaders: atOnce } : {}),
    },
  );
}

async function writers(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rowCount } = await client.query(
    `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  await client.end();
  return rowCount ?? 0;
}
