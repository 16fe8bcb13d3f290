import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EndpointPool } from '../../apps/indexer/src/rpc/endpoint-pool.js';
import { Endpoint } from '../../apps/indexer/src/rpc/endpoint.js';
import { JsonRpc } from '../../apps/indexer/src/rpc/json-rpc.js';
import { FAULTS, type Fault } from './faults.js';
import { holding, same, type FaultWorld } from './fault-world.js';
import { outcome, type Outcome } from './outcome.js';
import { OwnIndex } from './own-index.js';

/** How long the faulty endpoint is waited for where silence is the fault; 15 s in the product. */
const SILENCE_MS = 200;
const TIMEOUT_MS = 10_000;
const CHECK_EVERY = 10;

/**
 * The endpoint that is asked first does one thing wrong with every answer that it can do it to; a second one is honest.
 * Every block is verified. A few blocks are mined, the index must reach the head and hold what a clean run holds.
 */
export async function endpointFault(world: FaultWorld, name: string, count: number): Promise<Outcome> {
  const fault = FAULTS[name]!;
  const database = `endpoint_${name.replace(/\W+/g, '_')}`;
  const index = await OwnIndex.open(world, database);
  const faulty = await FaultyEndpoint.start(world, fault);
  const tally = { applied: 0, caught: 0, failed: 0 };
  let [checks, unequal] = [0, 0];
  for (let round = 0; round < count; round++) {
    await world.mine(1);
    const pool = poolOf(faulty.url, world.rpcUrl, name === 'does not answer' ? SILENCE_MS : TIMEOUT_MS);
    const before = faulty.applied;
    faulty.on = true;
    index.start({ indexVerify: 'all', rpcWsUrls: [world.wsUrl] }, pool);
    for (let block = 0; block < 3; block++) await world.mine(1);
    await index.caughtUp();
    const [score, honest] = pool.scores();
    if (faulty.applied > before) tally.applied++;
    if (score && score.refuted > 0) tally.caught++;
    else if ((honest?.requests ?? 0) > 0) tally.failed++;
    await index.stop();
    faulty.on = false;
    if ((round + 1) % CHECK_EVERY !== 0) continue;
    checks++;
    if (!same(await holding(index.databaseUrl, world.deployment.chainId), await world.cleanRun())) unequal++;
  }
  await faulty.stop();
  const { applied, caught, failed } = tally;
  return outcome(`endpoint: ${name}`, count, checks, unequal, {
    applied,
    refuted: caught,
    failedOver: failed,
  });
}

/** The faulty one's clock hardly moves: it seems to be the quickest, so that it is asked first as long as it may be. */
function poolOf(faulty: string, honest: string, timeoutMs: number): EndpointPool {
  const nowMs = (): number => performance.now();
  let looks = 0;
  const slowMs = (): number => (looks += 1) / 1_000;
  const endpoints = [
    new Endpoint('faulty', new JsonRpc(faulty, timeoutMs), slowMs, true),
    new Endpoint('honest', new JsonRpc(honest), nowMs, true),
  ];
  return new EndpointPool(endpoints, nowMs);
}

/** A node's answers, spoilt on their way. */
class FaultyEndpoint {
  public on = false;
  public applied = 0;

  private constructor(
    private readonly server: Server,
    private readonly world: FaultWorld,
    private readonly fault: Fault,
  ) {}

  public static async start(world: FaultWorld, fault: Fault): Promise<FaultyEndpoint> {
    const server = createServer((request, response) => {
      endpoint.handle(request, response).catch(() => response.destroy());
    });
    const endpoint = new FaultyEndpoint(server, world, fault);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    const headers = { 'content-type': 'application/json' };
    const honest = await (await fetch(this.world.rpcUrl, { method: 'POST', headers, body })).text();
    const { random } = this.world;
    const ask = (method: string, params: readonly unknown[]): Promise<unknown> =>
      this.world.rpc(method, params);
    const spoilt = this.on ? await this.fault({ body, honest, random, ask }) : undefined;
    if (spoilt === undefined) {
      response.writeHead(200, headers).end(honest);
      return;
    }
    this.applied++;
    if (spoilt === 'SILENCE') return;
    if (spoilt === 'HANG_UP') response.destroy();
    else response.writeHead(spoilt.status ?? 200, { ...headers, ...spoilt.headers }).end(spoilt.text);
  }
}
