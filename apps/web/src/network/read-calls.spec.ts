import { describe, expect, it } from '@jest/globals';
import { encodeFunctionData, parseAbi } from 'viem';
import type { Network } from './network-file.js';
import { CONTRACT_NAMES } from './network-file.js';
import { readCalls } from './read-calls.js';
import type { Hex } from './types.js';

const contracts = Object.fromEntries(
  CONTRACT_NAMES.map((name, index) => [name, `0x${(index + 10).toString(16).padStart(40, 'A')}`]),
) as Network['contracts'];
const version: Hex = `0x${'1c'.repeat(32)}`;
const data = encodeFunctionData({
  abi: parseAbi(['function activate(bytes32)']),
  args: [version],
});
const call = (target: Hex, calldata: Hex) => ({ target, value: '0', calldata });

describe('readCalls', () => {
  it('names contract, function and arguments, whatever the case of the address', () => {
    const target = contracts.ModelRegistry.toLowerCase() as Hex;
    expect(readCalls([call(target, data)], contracts)).toEqual([
      {
        ...call(target, data),
        contract: 'ModelRegistry',
        signature: 'activate(bytes32)',
        arguments: [{ name: 'versionId', type: 'bytes32', value: version }],
      },
    ]);
  });

  it('says nothing of a contract that is not ours, though the bytes look like one of our calls', () => {
    const [read] = readCalls([call(`0x${'1'.repeat(40)}`, data)], contracts);
    expect(read).toMatchObject({ contract: null, signature: null, arguments: [] });
  });

  it.each([
    ['of an unknown function', '0xdeadbeef'],
    ['with bytes after the arguments', `${data}00`],
    ['cut short', data.slice(0, -2)],
    ['without any bytes', '0x'],
  ])('leaves call data %s unread', (_, calldata) => {
    const [read] = readCalls([call(contracts.ModelRegistry, calldata as Hex)], contracts);
    expect(read).toMatchObject({ contract: 'ModelRegistry', signature: null });
  });
});
