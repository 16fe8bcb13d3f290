import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, viewerSettings } from '@tallyhouse/database';
import { StageRecord } from '@tallyhouse/jobs';
import { addDelivery, addEndpoint, DeliveryRepository } from '@tallyhouse/webhooks';
import pg from 'pg';
import { generatePrivateKey, privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts';
import { API_KEY, startApi, type ApiUnderTest } from './kit/api-under-test.js';
import { AuthClient, ORIGIN } from './kit/auth-client.js';
import { ChainRows, PARTNER } from './kit/chain-rows.js';

const JOBS = '{ mayRetryJobs jobs { name state failures failingSince } deliveryCounts { waiting dead } }';
const FAILURES = '{ jobFailures { edges { node { name error times givenUp } } } }';
const DEAD = '{ deadDeliveries { id url attempts lastError } }';
const RETRY = 'mutation { retryJob(name: COMMIT) }';
const SEND_AGAIN = 'mutation { retryDeliveries }';

describe('jobs', () => {
  const operator = privateKeyToAccount(generatePrivateKey());
  const somebody = privateKeyToAccount(generatePrivateKey());
  let api: ApiUnderTest;

  beforeAll(async () => {
    api = await startApi({ PUBLIC_ORIGINS: ORIGIN, OPERATOR_ACCOUNTS: operator.address });
    await new ChainRows(api.dataSource).checkpoint();
    const record = new StageRecord(api.dataSource);
    await record.begun('commit');
    await record.failed('commit', new Error('duplicate key (partner)=(0xa1)'), true);
    await record.begun('series');
    await record.succeeded('series');
    await deadDelivery(api);
  }, 120_000);
  afterAll(() => api?.stop(), 60_000);

  const signedIn = async (account: PrivateKeyAccount): Promise<Record<string, string>> => {
    const sign = (message: string): Promise<`0x${string}`> => account.signMessage({ message });
    const { body } = await new AuthClient(api.url).signIn(account.address, sign);
    return { authorization: `Bearer ${String(body['accessToken'])}` };
  };

  it('are told to everybody, without what they failed with', async () => {
    const { data, errors } = await api.post(JOBS);
    expect(errors).toEqual([]);
    const { jobs, ...rest } = data as { jobs: { name: string; state: string; failures: number }[] };
    expect(rest).toEqual({ mayRetryJobs: false, deliveryCounts: { waiting: 0, dead: 1 } });
    const states = Object.fromEntries(jobs.map(({ name, state }) => [name, state]));
    expect(states).toMatchObject({ COMMIT: 'FAILING', SERIES: 'WAITING', ANCHOR: 'NEVER_RAN' });
    expect(JSON.stringify(data)).not.toContain('duplicate key');
  });

  it('tell what they failed with, and start again, for operators alone', async () => {
    const strangers = [{}, { 'x-api-key': API_KEY }, await signedIn(somebody)];
    for (const headers of strangers) {
      for (const asked of [FAILURES, DEAD, RETRY, SEND_AGAIN]) {
        const { data, errors } = await api.post(asked, {}, headers);
        expect(errors[0]?.extensions['code']).toBe('FORBIDDEN');
        expect(errors[0]?.message).toContain('OPERATOR_ACCOUNTS');
        expect(data ?? null).toBeNull();
      }
    }
    const headers = await signedIn(operator);
    expect((await api.post(JOBS, {}, headers)).data).toMatchObject({ mayRetryJobs: true });
    expect((await api.post(FAILURES, {}, headers)).data).toEqual({
      jobFailures: {
        edges: [
          { node: { name: 'COMMIT', error: 'duplicate key (partner)=(0xa1)', times: 1, givenUp: true } },
        ],
      },
    });
  });

  it('are asked for again by a notice that workers hear', async () => {
    const listener = new pg.Client({ connectionString: api.databaseUrl });
    await listener.connect();
    await listener.query('LISTEN tallyhouse_stage');
    const heard = new Promise<string | undefined>((resolve) =>
      listener.once('notification', ({ payload }) => resolve(payload)),
    );
    const { data } = await api.post(RETRY, {}, await signedIn(operator));
    expect(data).toEqual({ retryJob: true });
    expect(await heard).toBe('{"stage":"commit"}');
    await listener.end();
  });

  it('send a message again that was given up', async () => {
    const headers = await signedIn(operator);
    const { data } = await api.post(DEAD, {}, headers);
    expect(data).toMatchObject({
      deadDeliveries: [{ url: 'https://hooks.example/tally', attempts: 1, lastError: 'HTTP 503' }],
    });
    const one = 'mutation { retryDeliveries(id: "no such message") }';
    expect(await api.post(one, {}, headers)).toMatchObject({ data: { retryDeliveries: 0 }, errors: [] });
    expect((await api.post(SEND_AGAIN, {}, headers)).data).toEqual({ retryDeliveries: 1 });
    expect((await api.post(JOBS)).data).toMatchObject({ deliveryCounts: { waiting: 1, dead: 0 } });
  });

  it("are read by a role that sees no webhook's secret, and changes nothing of a message but that it goes again", async () => {
    expect(await asKeeper(api, 'SELECT url FROM webhook_endpoint')).toHaveLength(1);
    for (const sql of [
      'SELECT secret FROM webhook_endpoint',
      "UPDATE webhook_endpoint SET url = ''",
      "UPDATE webhook_delivery SET body = ''",
      'DELETE FROM webhook_delivery',
      'DELETE FROM stage_failure',
    ])
      await expect(asKeeper(api, sql)).rejects.toMatchObject({ code: '42501' });
  });
});

async function asKeeper({ databaseUrl }: ApiUnderTest, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`BEGIN; ${viewerSettings('tallyhouse_keeper', anonymous)}`);
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function deadDelivery({ dataSource }: ApiUnderTest): Promise<void> {
  const now = new Date();
  const endpointId = await addEndpoint(
    dataSource,
    {
      purpose: 'recall',
      partner: PARTNER,
      url: 'https://hooks.example/tally',
      secret: null,
      signatureHeader: 'x-signature',
      keepsHistory: false,
    },
    now,
  );
  const message = { endpointId, contentType: 'application/json', body: Buffer.from('{}') };
  const id = await addDelivery(dataSource, message, now);
  await new DeliveryRepository(dataSource).failed(id, 'HTTP 503', 503, null);
}
