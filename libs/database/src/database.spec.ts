import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import { firstValueFrom, take, toArray } from 'rxjs';
import { DataSource } from 'typeorm';
import { bulkInsert } from './bulk-insert.js';
import { notify } from './channels.js';
import { Listener } from './listener.js';

describe('on a real Postgres', () => {
  let postgres: LocalPostgres;
  let dataSource: DataSource;
  let url: string;

  beforeAll(async () => {
    postgres = await startPostgres();
    url = await postgres.createDatabase('spec');
    dataSource = await new DataSource({ type: 'postgres', url }).initialize();
    await dataSource.query(
      'CREATE TABLE item (id int PRIMARY KEY, name text, digest bytea, levels float8[], body json)',
    );
  }, 60_000);
  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  }, 60_000);

  it('many rows go in with one statement, and what they hold comes out', async () => {
    const columns = { id: 'int', name: 'text', digest: 'bytea', levels: 'float8[]', body: 'json' };
    const rows = [
      [1, 'a\'b,{}\\"', Buffer.from([0, 255]), [0.1, 1e-300], '{"b":1,"a":[]}'],
      [2, null, undefined, [], '[]'],
      [1, 'again', null, [1], '{}'],
    ];
    const stored = await bulkInsert(
      dataSource.manager,
      'item',
      columns,
      rows,
      'ON CONFLICT DO NOTHING RETURNING id',
    );
    expect(stored).toEqual([{ id: 1 }, { id: 2 }]);
    expect(
      await dataSource.query('SELECT id, name, digest, levels, body::text AS body FROM item ORDER BY id'),
    ).toEqual([
      {
        id: 1,
        name: 'a\'b,{}\\"',
        digest: Buffer.from([0, 255]),
        levels: [0.1, 1e-300],
        body: '{"b":1,"a":[]}',
      },
      { id: 2, name: null, digest: null, levels: [], body: '[]' },
    ]);
  });

  it('a notice comes when its transaction commits, and never when it rolls back', async () => {
    const listener = new Listener(url);
    const heard = firstValueFrom(listener.on('tallyhouse_forecast').pipe(take(1), toArray()));
    await listener.start();
    const lost = dataSource.transaction(async (manager) => {
      await notify(manager, 'tallyhouse_forecast', { runId: 'rolled back' });
      throw new Error('no');
    });
    await expect(lost).rejects.toThrow('no');
    await dataSource.transaction((manager) => notify(manager, 'tallyhouse_forecast', { runId: 'committed' }));
    expect(await heard).toEqual([{ runId: 'committed' }]);
    await listener.stop();
  });

  it('a listener whose connection is cut comes back and says so', async () => {
    const listener = new Listener(url);
    const heard = firstValueFrom(listener.on('tallyhouse_forecast').pipe(take(2), toArray()));
    await listener.start();
    await dataSource.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'",
    );
    const again = setInterval(
      () => void notify(dataSource.manager, 'tallyhouse_forecast', { runId: 'later' }),
      200,
    );
    const notices = await heard;
    clearInterval(again);
    expect(notices).toEqual(['RECONNECTED', { runId: 'later' }]);
    await listener.stop();
  }, 20_000);

  it('a notice that is no JSON is only a hint that something happened', async () => {
    const listener = new Listener(url);
    const heard = firstValueFrom(listener.on('tallyhouse_capture'));
    await listener.start();
    await dataSource.query("SELECT pg_notify('tallyhouse_capture', '{')");
    expect(await heard).toBe('RECONNECTED');
    await listener.stop();
  });
});
