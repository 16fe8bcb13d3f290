import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { copyInStream, copyOutStream } from './copy-flow.js';

const ROWS = 200_000;
const SERIES = `COPY (SELECT n, repeat('x', 100) FROM generate_series(1, ${ROWS}) AS n) TO STDOUT`;

describe('COPY as a stream', () => {
  let postgres: LocalPostgres;
  let client: pg.Client;

  beforeAll(async () => {
    postgres = await startPostgres();
    client = new pg.Client({ connectionString: await postgres.createDatabase('flow') });
    await client.connect();
    await client.query('CREATE TABLE row (n int PRIMARY KEY, word text)');
  }, 60_000);
  afterAll(async () => {
    await client.end();
    await postgres.stop();
  });

  it('gives every row to a slow reader and holds few of them', async () => {
    const stream = copyOutStream(client, SERIES);
    let rows = 0;
    let most = 0;
    for await (const piece of stream as AsyncIterable<Buffer>) {
      if (rows < 20_000) await sleep(5);
      for (const byte of piece) if (byte === 0x0a) rows++;
      most = Math.max(most, stream.readableLength);
    }
    expect(rows).toBe(ROWS);
    expect(most).toBeLessThan(1_000_000);
  }, 30_000);

  it('puts in what another table gives out, and leaves no listeners on the connection', async () => {
    const { stream } = client.connection;
    const listening = (): number[] => ['drain', 'close', 'error'].map((name) => stream.listenerCount(name));
    const before = listening();
    await copyInStream(client, 'COPY row FROM STDIN', copyOutFromOther());
    expect(listening()).toEqual(before);
    const { rows } = await client.query(
      'SELECT count(*)::int AS count, sum(length(word))::int AS sum FROM row',
    );
    expect(rows).toEqual([{ count: ROWS, sum: ROWS * 100 }]);
  }, 30_000);

  it('keeps nothing when the source fails, says what failed, and leaves the connection usable', async () => {
    await client.query('TRUNCATE row');
    await expect(copyInStream(client, 'COPY row FROM STDIN', failing())).rejects.toThrow('cut off');
    await expect(copyInStream(client, 'COPY row FROM STDIN', of('1\ta\n1\tb\n'))).rejects.toMatchObject({
      code: '23505',
    });
    await expect(copyInStream(client, 'COPY nothing FROM STDIN', of(''))).rejects.toMatchObject({
      code: '42P01',
    });
    expect((await client.query('SELECT FROM row')).rowCount).toBe(0);
  });

  it('leaves the connection usable after a reader that stopped early or a statement that fails', async () => {
    for await (const _ of copyOutStream(client, SERIES)) break;
    const refused = copyOutStream(client, 'COPY nothing TO STDOUT').toArray();
    await expect(refused).rejects.toMatchObject({ code: '42P01' });
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  async function* copyOutFromOther(): AsyncGenerator<Buffer> {
    const other = new pg.Client({ connectionString: postgres.url('flow') });
    await other.connect();
    yield* copyOutStream(other, SERIES) as AsyncIterable<Buffer>;
    await other.end();
  }
});

async function* of(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

async function* failing(): AsyncGenerator<Buffer> {
  yield Buffer.from('1\tone\n');
  throw new Error('cut off');
}
