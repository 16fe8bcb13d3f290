import { describe, expect, it } from '@jest/globals';
import { anvilPath, startAnvil } from './anvil.js';
import { makePublicClient } from './clients.js';

describe('startAnvil', () => {
  it('runs a chain until it is stopped', async () => {
    const chain = await startAnvil({ chainId: 4242, timestampS: 1_700_000_000 });
    const client = makePublicClient(chain.rpcUrl, { retryCount: 0 });
    expect(await client.getChainId()).toBe(4242);
    expect((await client.getBlock()).timestamp).toBe(1_700_000_000n);
    await chain.stop();
    await chain.stop();
    await expect(client.getChainId()).rejects.toThrow();
  });

  it('says why a chain did not start', async () => {
    const started = startAnvil({ extraArguments: ['--no-such-flag'] });
    await expect(started).rejects.toMatchObject({
      code: 'ANVIL_EXITED',
      retryable: true,
      message: expect.stringContaining('--no-such-flag'),
    });
  });
});

describe('anvilPath', () => {
  it('says so when there is no program for the machine', () => {
    expect(() => anvilPath('plan9', 'mips')).toThrow(expect.objectContaining({ code: 'ANVIL_UNAVAILABLE' }));
  });
});
