import { describe, expect, it } from '@jest/globals';
import { chainConfig } from './chain-config.js';
import { readConfig } from './config.js';

const minimal = {
  DATABASE_URL: 'postgres://user:hidden@127.0.0.1:5432/tallyhouse',
  RPC_URLS: 'http://127.0.0.1:8545, https://rpc.example.com/key',
  TALLYHOUSE_DEPLOYMENT: 'contracts/deployments/example.json',
};

describe('readConfig', () => {
  it('fills the documented defaults', () => {
    const config = readConfig(minimal);
    expect(config.apiPort).toBe(3000);
    expect(config.indexVerify).toBe('sample');
    expect(config.rpcUrls).toEqual(['http://127.0.0.1:8545', 'https://rpc.example.com/key']);
    expect(config.artifactDir.endsWith('.tallyhouse/artifacts')).toBe(true);
  });

  it('keeps messages to webhooks for thirty days, or for ever where 0 days are set', () => {
    expect(readConfig(minimal).retention).toEqual({
      documentsDays: undefined,
      refusalsDays: undefined,
      deliveriesDays: 30,
    });
    const { retention } = readConfig({ ...minimal, RETENTION_DELIVERIES_DAYS: '0' });
    expect(retention.deliveriesDays).toBeUndefined();
  });

  it('names every wrong variable and repeats no value', () => {
    const read = (): unknown =>
      readConfig({
        ...minimal,
        RPC_URLS: 'ftp://secret',
        API_PORT: '99999',
        RELAYER_PRIVATE_KEY: '0xsecret',
        BALLOT_PRIVATE_KEY: '0xsecret',
      });
    expect(read).toThrow(/RPC_URLS[\s\S]*API_PORT[\s\S]*RELAYER_PRIVATE_KEY[\s\S]*BALLOT_PRIVATE_KEY/);
    expect(read).not.toThrow(/secret/);
  });

  it('takes several deployment files, the first for the programs that work on one chain', () => {
    const { deploymentPath, deploymentPaths } = readConfig({
      ...minimal,
      TALLYHOUSE_DEPLOYMENT: 'a.json, b.json',
    });
    expect(deploymentPaths.map((path) => path.slice(-7))).toEqual(['/a.json', '/b.json']);
    expect(deploymentPath).toBe(deploymentPaths[0]);
  });
});

describe('chainConfig', () => {
  const first = readConfig({ ...minimal, FINALITY: '12', RPC_WS_URLS: 'ws://127.0.0.1:8545' });

  it('has endpoints of its own and the other settings of the first chain, unless it has them too', () => {
    const environment = { RPC_URLS_10: 'https://ten.example.com', POLL_INTERVAL_MS_10: '50' };
    expect(chainConfig(environment, first, 10)).toEqual({
      ...{ rpcUrls: ['https://ten.example.com'], rpcWsUrls: [] },
      ...{ indexVerify: 'sample', pollIntervalMs: 50, finality: 12 },
    });
    expect(chainConfig({ ...environment, FINALITY_10: 'safe' }, first, 10).finality).toBe('safe');
  });

  it('names what is missing or wrong, and repeats no value', () => {
    expect(() => chainConfig({}, first, 10)).toThrow(/RPC_URLS_10: needed/);
    const wrong = { RPC_URLS_10: 'ftp://secret', FINALITY_10: 'soon', INDEX_VERIFY_10: 'maybe' };
    const read = (): unknown => chainConfig(wrong, first, 10);
    expect(read).toThrow(/RPC_URLS_10[\s\S]*FINALITY_10/);
    expect(read).not.toThrow(/secret|soon|maybe/);
  });
});
