import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';
import { createLogger } from './logger.js';

const random = (bytes: number, encoding: 'hex' | 'base64url' = 'hex'): string =>
  randomBytes(bytes).toString(encoding);

/** One of each kind of secret that a process of ours has or sees. */
const secrets = {
  databasePassword: `p%40ss${random(8)}`,
  relayerKey: `0x${random(32)}`,
  ballotKey: `0x${random(32)}`,
  rpcKey: random(16),
  metricsToken: random(16),
  s3SecretAccessKey: random(20),
  s3SessionToken: random(20),
  apiKey: `th_${random(32, 'base64url')}`,
  sessionToken: `tha_${random(32, 'base64url')}`,
  refreshToken: `thr_${random(32, 'base64url')}`,
  webhookSecret: random(32),
  signature: `0x${random(65)}`,
  webhookSignature: `t=1764000000,v1=${random(32)}`,
  mnemonic: 'legal winner thank year wave sausage worth useful legal winner thank yellow',
  disclosureSecret: random(32),
};

const config = readConfig({
  DATABASE_URL: `postgres://tally:${secrets.databasePassword}@db.internal:5432/tally`,
  RPC_URLS: `https://rpc.example.com/v3/${secrets.rpcKey}`,
  TALLYHOUSE_DEPLOYMENT: 'd.json',
  RELAYER_PRIVATE_KEY: secrets.relayerKey,
  BALLOT_PRIVATE_KEY: secrets.ballotKey,
  METRICS_TOKEN: secrets.metricsToken,
  ARTIFACT_STORES: 'file,https://s3.example.com/models',
  S3_REGION: 'eu-1',
  S3_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  S3_SECRET_ACCESS_KEY: secrets.s3SecretAccessKey,
  S3_SESSION_TOKEN: secrets.s3SessionToken,
});

/** What is written when something is logged. */
function written(log: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  log(createLogger(config, 'spec', { write: (line: string) => void (text += line) }));
  return text;
}

describe('the log', () => {
  it('holds no secret of any kind: in fields, deep in fields, in errors and in texts', () => {
    const { databasePassword, relayerKey, ballotKey, rpcKey, metricsToken, mnemonic, disclosureSecret } =
      secrets;
    const text = written((logger) => {
      logger.info({ event: 'fields', config, ...secrets, privateKey: relayerKey, mnemonic });
      logger.info({
        deep: { deeper: { deepest: { secret: disclosureSecret, mnemonic, password: databasePassword } } },
      });
      logger.info({ secret: Buffer.from(disclosureSecret), list: [{ 'x-api-key': secrets.apiKey }] });
      logger.error({
        err: new Error(`connect ${config.databaseUrl} with ${relayerKey}`, { cause: new Error(ballotKey) }),
      });
      logger.warn(
        `GET https://rpc.example.com/v3/${rpcKey}?token=${metricsToken} Authorization: Bearer ${secrets.sessionToken}`,
      );
      logger.info({
        headers: { authorization: `Bearer ${metricsToken}`, cookie: `th=${secrets.refreshToken}` },
      });
      logger.info({ body: JSON.stringify({ secret: disclosureSecret, signature: secrets.signature }) });
      logger.info(`PUT failed with ${secrets.s3SecretAccessKey} and ${secrets.s3SessionToken}`);
      logger.info(
        `signed ${secrets.signature} and ${secrets.webhookSignature} with ${secrets.webhookSecret}`,
      );
      logger.info(`key ${secrets.apiKey}, key without its beginning ${relayerKey.slice(2)}`);
    });
    for (const [kind, secret] of Object.entries(secrets))
      expect([kind, text.includes(secret)]).toEqual([kind, false]);
    expect(text).not.toContain(decodeURIComponent(databasePassword));
    expect(text).not.toContain(Buffer.from(disclosureSecret).toJSON().data.join(','));
    for (const line of text.trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  it('keeps what operators need: hosts, hashes of transactions and artifacts, codes, times', () => {
    const hash = `0x${createHash('sha256').update('artifact').digest('hex')}`;
    const text = written((logger) =>
      logger.info(
        { event: 'batch-anchored', hash, seq: '7', host: 'db.internal', code: 'ECONNREFUSED' },
        'at https://rpc.example.com',
      ),
    );
    expect(JSON.parse(text)).toMatchObject({
      ...{ event: 'batch-anchored', hash, seq: '7', host: 'db.internal', code: 'ECONNREFUSED' },
      msg: 'at https://rpc.example.com',
    });
  });

  it('tells an error by name, code, words and cause, and not the values of its statement', () => {
    const failed = Object.assign(new Error('duplicate key', { cause: new TypeError('inner') }), {
      ...{ code: '23505', query: 'INSERT', parameters: ['what a partner sent'] },
    });
    const text = written((logger) => logger.error({ error: failed }));
    expect(JSON.parse(text)).toMatchObject({
      error: { type: 'Error', code: '23505', message: 'duplicate key', cause: { message: 'inner' } },
    });
    expect(text).not.toContain('what a partner sent');
  });
});
