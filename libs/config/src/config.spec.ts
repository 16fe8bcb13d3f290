import { describe, expect, it } from '@jest/globals';
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

  it('names every wrong variable and repeats no value', () => {
    const read = (): unknown =>
      readConfig({
        ...minimal,
        RPC_URLS: 'ftp://secret',
        API_PORT: '99999',
        RELAYER_PRIVATE_KEY: '0xsecret',
      });
    expect(read).toThrow(/RPC_URLS[\s\S]*API_PORT[\s\S]*RELAYER_PRIVATE_KEY/);
    expect(read).not.toThrow(/secret/);
  });
});
