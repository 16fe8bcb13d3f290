import { tallyTokenAbi } from '@tallyhouse/chain';
import { deployLocal, type LocalDeployment } from '@tallyhouse/testing';
import { encodeFunctionData, numberToHex, type Hex } from 'viem';

const BLOCKS = 600;
/** Each moves votes between two accounts that have delegated: three events. */
const TRANSFERS_A_BLOCK = 12;

/** Deploys everything and fills {@link BLOCKS} blocks with transfers of voting tokens; not part of what is measured. */
export async function makeChain(rpcUrl: string): Promise<LocalDeployment['deployment']> {
  const { deployment, people } = await deployLocal(rpcUrl);
  const [from, to] = people.map(({ account }) => account.address) as [Hex, Hex];
  const token = deployment.contracts.TallyToken.address;
  const delegate = (address: Hex): Hex =>
    encodeFunctionData({ abi: tallyTokenAbi, functionName: 'delegate', args: [address] });
  const transfer = encodeFunctionData({ abi: tallyTokenAbi, functionName: 'transfer', args: [to, 1n] });
  await send(rpcUrl, [
    ['eth_sendTransaction', [{ from, to: token, data: delegate(from) }]],
    ['eth_sendTransaction', [{ from: to, to: token, data: delegate(to) }]],
    ['evm_setAutomine', [false]],
  ]);
  const [count] = await send(rpcUrl, [['eth_getTransactionCount', [from, 'latest']]]);
  let nonce = Number(count);
  for (let block = 0; block < BLOCKS; block++) {
    const transfers = Array.from({ length: TRANSFERS_A_BLOCK }, (): Call => {
      const call = { from, to: token, data: transfer, gas: '0x30d40', nonce: numberToHex(nonce++) };
      return ['eth_sendTransaction', [call]];
    });
    await send(rpcUrl, [...transfers, ['evm_mine', []]]);
  }
  return deployment;
}

type Call = readonly [method: string, params: readonly unknown[]];

/** Anvil carries out the calls of one request at the same time: what must come last goes alone. */
async function send(rpcUrl: string, calls: readonly Call[]): Promise<unknown[]> {
  const results: unknown[] = [];
  const last = calls.at(-1);
  for (const some of [calls.slice(0, -1), last ? [last] : []]) {
    if (some.length === 0) continue;
    const body = some.map(([method, params], id) => ({ jsonrpc: '2.0', id, method, params }));
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(rpcUrl, { method: 'POST', headers, body: JSON.stringify(body) });
    for (const answer of (await response.json()) as { result?: unknown; error?: { message: string } }[]) {
      if (answer.error) throw new Error(answer.error.message);
      results.push(answer.result);
    }
  }
  return results;
}
