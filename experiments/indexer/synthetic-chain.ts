import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tallyTokenAbi, type Deployment } from '@tallyhouse/chain';
import { encodeEventTopics, numberToHex, pad, type Hex } from 'viem';

const GENESIS_TIME_S = 1_700_000_000;

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/**
 * A chain that exists only in its answers, as large as is wanted: the same number of transfers in every block, as
 * JSON-RPC over HTTP. Its hashes are made up, so that nothing can be verified on it.
 */
export class SyntheticChain {
  private constructor(
    private readonly server: Server,
    private readonly deployment: Deployment,
    public readonly blocks: number,
    private readonly transfers: number,
  ) {}

  public static async start(
    deployment: Deployment,
    blocks: number,
    transfers: number,
  ): Promise<SyntheticChain> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(parts).toString()) as Call | Call[];
        const text = Array.isArray(body)
          ? `[${body.map((each) => chain.answer(each)).join(',')}]`
          : chain.answer(body);
        response.writeHead(200, { 'content-type': 'application/json' }).end(text);
      });
    });
    const chain = new SyntheticChain(server, deployment, blocks, transfers);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return chain;
  }

  public get rpcUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer({ id, method, params }: Call): string {
    return `{"jsonrpc":"2.0","id":${id},"result":${this.result(method, params)}}`;
  }

  private result(method: string, params: readonly unknown[]): string {
    if (method === 'eth_chainId') return `"${numberToHex(this.deployment.chainId)}"`;
    if (method === 'eth_getCode') return '"0x60"';
    if (method === 'eth_getLogs')
      return this.logs(params[0] as { fromBlock: Hex; toBlock: Hex; blockHash?: Hex });
    if (method === 'eth_getBlockByNumber') return this.header(String(params[0]));
    throw new Error(`${method} is not answered`);
  }

  private header(tag: string): string {
    const number = tag.startsWith('0x') ? Number(tag) : this.blocks;
    if (number > this.blocks) return 'null';
    return JSON.stringify({
      ...{
        number: numberToHex(number),
        hash: hashOf(`block ${number}`),
        parentHash: hashOf(`block ${number - 1}`),
      },
      ...{ timestamp: numberToHex(GENESIS_TIME_S + number), logsBloom: `0x${'0'.repeat(512)}` },
    });
  }

  private logs({ fromBlock, toBlock }: { fromBlock: Hex; toBlock: Hex }): string {
    const { address } = this.deployment.contracts.TallyToken;
    const people = ['0x11', '0x22', '0x33'].map((each) => pad(each as Hex, { size: 20 }));
    const topics = people.map((from, index) => {
      const to = people[(index + 1) % people.length] as Hex;
      return JSON.stringify(
        encodeEventTopics({ abi: tallyTokenAbi, eventName: 'Transfer', args: { from, to } }),
      );
    });
    const logs: string[] = [];
    for (
      let number = Math.max(1, Number(fromBlock));
      number <= Math.min(Number(toBlock), this.blocks);
      number++
    ) {
      const [hash, at] = [hashOf(`block ${number}`), numberToHex(number)];
      const place = `"blockHash":"${hash}","blockNumber":"${at}","blockTimestamp":"${numberToHex(GENESIS_TIME_S + number)}"`;
      for (let index = 0; index < this.transfers; index++) {
        const amount = pad(numberToHex(number * this.transfers + index));
        const where = `"transactionHash":"${amount}","logIndex":"${numberToHex(index)}"`;
        logs.push(
          `{"address":"${address}","topics":${topics[index % 3]},"data":"${amount}",${place},${where},"removed":false}`,
        );
      }
    }
    return `[${logs.join(',')}]`;
  }
}

function hashOf(text: string): Hex {
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}
