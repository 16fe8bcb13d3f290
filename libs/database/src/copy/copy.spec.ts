import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import pg from 'pg';
import { copyLine, type CopyCell } from './copy-line.js';
import { copyIn, copyOut } from './copy-stream.js';

const HOSTILE = [
  ...['', ' ', '\\', '\\N', '\\.', '\t', '\n', '\r\n', '\b\f\v', '\u0001\u001f\u007f', '\\t', 'a\\b'],
  ...['null', 'NULL', 'nulls', '{', '}', '{}', ',', '"', '""', "'", 'a b', '\u00a0', '\u2028', '\ufeff'],
  ...['Hafen Köln 港 🚢', '\ufffd', 'x'.repeat(70_000), '港'.repeat(100_000)],
];

describe('COPY', () => {
  let postgres: LocalPostgres;
  let client: pg.Client;

  beforeAll(async () => {
    postgres = await startPostgres();
    client = new pg.Client({ connectionString: await postgres.createDatabase('copy') });
    await client.connect();
    await client.query(`SET timezone = 'UTC'; CREATE TABLE row (id int PRIMARY KEY, word text, at timestamptz,
      words text[], amounts numeric(78,0)[], amount numeric(78,0))`);
  }, 60_000);
  afterAll(async () => {
    await client.end();
    await postgres.stop();
  });

  const rows = HOSTILE.map((word, id): CopyCell[] => [
    ...[id, id === 3 ? null : word, id % 2 ? '2023-11-14 22:13:20+00' : 'infinity'],
    ...[HOSTILE.slice(0, id), [2n ** 255n, 0n, -1n].slice(id % 4), 2n ** 250n + BigInt(id)],
  ]);

  it('takes in what it gives out again, to the character, whatever the text', async () => {
    const lines = rows.map(copyLine);
    await copyIn(client, 'COPY row FROM STDIN', `${lines.join('\n')}\n`);
    const given: string[] = [];
    await copyOut(client, 'COPY (SELECT * FROM row ORDER BY id) TO STDOUT', (line) => given.push(line));
    expect(given).toEqual(lines);
    const { rows: stored } = await client.query('SELECT word, words FROM row ORDER BY id');
    expect(stored.map(({ word }: { word: string }) => word)).toEqual(rows.map(([, word]) => word));
    expect(stored.map(({ words }: { words: string[] }) => words)).toEqual(rows.map((row) => row[3]));
  });

  it('fails as a statement fails, and leaves the connection usable', async () => {
    const twice = 'COPY row (id) FROM STDIN';
    await expect(copyIn(client, twice, '0\n')).rejects.toMatchObject({ code: '23505' });
    await expect(copyIn(client, 'COPY nothing FROM STDIN', '0\n')).rejects.toMatchObject({ code: '42P01' });
    const stop = new Error('enough');
    const refuse = (): never => {
      throw stop;
    };
    await expect(copyOut(client, 'COPY row TO STDOUT', refuse)).rejects.toBe(stop);
    await client.query('BEGIN');
    await copyIn(client, twice, '900\n');
    await client.query('ROLLBACK');
    expect((await client.query('SELECT FROM row')).rowCount).toBe(rows.length);
    await copyIn(client, twice, '');
  });

  it('says when the connection goes while it writes', async () => {
    const other = new pg.Client({ connectionString: postgres.url('copy') });
    other.on('error', () => undefined);
    await other.connect();
    const { rows: pids } = await other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await client.query('BEGIN; LOCK TABLE row');
    const lost = copyIn(other, 'COPY row (id) FROM STDIN', '901\n').catch((error: unknown) => error);
    await client.query('SELECT pg_terminate_backend($1)', [pids[0]?.pid]);
    expect(await lost).toBeInstanceOf(Error);
    await client.query('ROLLBACK');
  });
});
