import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseDeployment } from '@tallyhouse/chain';
import { encodeAbiParameters, encodeEventTopics, parseAbi, type Hex } from 'viem';
import { fakeBlocks, fakeLog } from '../../test/fake-chain.js';
import { pledgeProtocol } from '../../test/pledge/writers.js';
import { lowestBlock, startBlock } from '../head/contracts.js';
import type { ChainReader } from '../rpc/chain-reader.js';
import { FactDecoder } from './decode.js';
import { protocols } from './index.js';

const ROOT = new URL('../../../../', import.meta.url);
const GUIDE = readFileSync(new URL('docs/indexer.md', ROOT), 'utf8').split('## A new protocol')[1] ?? '';
const PLEDGE = `0x${'5e'.repeat(20)}`;
const WHO: Hex = `0x${'ab'.repeat(20)}`;
const ZERO = `0x${'00'.repeat(20)}`;

const contracts = Object.fromEntries(
  [...new Set(protocols.map(({ contract }) => contract))].map((name) => [name, { address: ZERO, block: 9 }]),
);
const parameters = { votingDelayS: 1, votingPeriodS: 1, timelockDelayS: 1, quorumPercent: 4 };
const deployment = parseDeployment({
  ...{ network: 'spec', chainId: 1, startBlock: 3, parameters },
  contracts: { ...contracts, Pledge: { address: PLEDGE } },
});

describe('the guide to a new protocol', () => {
  it('has the code that is tried here, in 40 lines', () => {
    const blocks = [...GUIDE.split('\n## ')[0]!.matchAll(/```(?:ts|sql)\n(.*?)```/gs)].map(
      ([, code]) => code ?? '',
    );
    const code = blocks.join('');
    expect(code.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(40);
    for (const file of ['events', 'writers']) {
      const tried = readFileSync(new URL(`apps/indexer/test/pledge/${file}.ts`, ROOT), 'utf8');
      expect(code).toContain(tried.replaceAll('../../src/protocols/', '../'));
    }
    const columns = Object.keys(pledgeProtocol.writers[0]!.table.columns);
    for (const column of columns) expect(blocks[2]).toMatch(new RegExp(`\\b${column} \\w+.* NOT NULL`));
  });

  it('makes a row of the event, for a contract that only the deployment file knows', () => {
    const abi = parseAbi(['event Pledged(address indexed who, uint256 amount, string note)']);
    const topics = encodeEventTopics({ abi, args: { who: WHO } }) as Hex[];
    const data = encodeAbiParameters([{ type: 'uint256' }, { type: 'string' }], [7n, 'for the harbour']);
    const [block] = fakeBlocks(1);
    const log = { ...fakeLog(block!, 0, PLEDGE as Hex), topics, data };
    expect(new FactDecoder([pledgeProtocol], deployment).decode(log)).toMatchObject({
      row: { who: WHO, amount: 7n, note: 'for the harbour' },
    });
  });

  it('finds the first block of a contract that the file gives no block', async () => {
    const asked: number[] = [];
    const reader = {
      latest: () => Promise.resolve({ number: 1_000 }),
      code: (_: Hex, number: number) => {
        asked.push(number);
        return Promise.resolve(number >= 345 ? '0x60' : '0x');
      },
    } as unknown as ChainReader;
    expect(await startBlock(reader, deployment, [pledgeProtocol])).toBe(344);
    expect(asked.length).toBeLessThanOrEqual(10);
    expect(lowestBlock(deployment)).toBe(2);
  });

  it('says what is missing where the deployment file does not name the contract', () => {
    const { Pledge: _, ...rest } = deployment.contracts;
    const without = { ...deployment, contracts: rest as typeof deployment.contracts };
    expect(() => new FactDecoder([pledgeProtocol], without)).toThrow(
      /names no Pledge.*"Pledge": \{ "address"/,
    );
  });
});
