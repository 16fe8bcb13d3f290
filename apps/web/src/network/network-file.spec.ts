import { describe, expect, it } from '@jest/globals';
import { CONTRACT_NAMES, parseNetwork } from './network-file.js';

const ADDRESS = `0x${'1a'.repeat(20)}`;
const good = {
  network: 'local',
  chainId: 31337,
  rpcUrl: 'http://127.0.0.1:8545',
  contracts: Object.fromEntries(CONTRACT_NAMES.map((name) => [name, { address: ADDRESS, block: 3 }])),
};

describe('parseNetwork', () => {
  it('reads addresses with and without their block', () => {
    const plain = Object.fromEntries(CONTRACT_NAMES.map((name) => [name, ADDRESS]));
    expect(parseNetwork(good).contracts.TallyGovernor).toBe(ADDRESS);
    expect(parseNetwork({ ...good, contracts: plain }).contracts.TallyToken).toBe(ADDRESS);
  });

  it('names the contract whose address is missing', () => {
    const { TraceAnchor: _gone, ...rest } = good.contracts;
    expect(() => parseNetwork({ ...good, contracts: rest })).toThrow('TraceAnchor is no address');
  });

  it('refuses a chain id that is none', () => {
    expect(() => parseNetwork({ ...good, chainId: 'x' })).toThrow('chainId');
  });
});
