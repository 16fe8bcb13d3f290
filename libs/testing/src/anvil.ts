import { spawn, type ChildProcess } from 'node:child_process';
import { anvilPath } from '@tallyhouse/chain';
import { freePort, isFree } from './free-port.js';
import { outputTail, stopChild, superviseChild, waitReady } from './supervise.js';
import { LocalServerError } from './testing.errors.js';

const START_TIMEOUT_MS = 30_000;
const ATTEMPTS = 3;

/** How a local chain is started. */
export interface AnvilOptions {
  /** A fixed TCP port; left out, a free one is taken. */
  readonly port?: number;
  /** BIP-39 phrase of the funded accounts; left out, anvil's public test phrase. */
  readonly mnemonic?: string;
  /** File that holds the chain between runs: read at the start where it exists, written at the end. */
  readonly state?: string;
  /** Seconds between blocks, mined also at once for a transaction; left out, a block for each transaction only. */
  readonly blockTimeS?: number;
  readonly chainId?: number;
  /** Further arguments, as `anvil --help` lists them. */
  readonly args?: readonly string[];
}

/** A running local chain. */
export interface Anvil {
  readonly rpcUrl: string;
  readonly process: ChildProcess;
  /** Ends it and waits; the state file is complete afterwards. */
  stop(): Promise<void>;
}

/**
 * Starts a local Ethereum chain on 127.0.0.1 from the npm package `@foundry-rs/anvil`. It ends with this process.
 *
 * @throws LocalServerError when the port is taken or it does not answer within 30 s; NonRetryableUserError
 * `ANVIL_UNAVAILABLE` when npm has none for this platform
 * @example const chain = await startAnvil(); chain.rpcUrl // 'http://127.0.0.1:40123'
 */
export async function startAnvil(options: AnvilOptions = {}): Promise<Anvil> {
  let failure: LocalServerError | undefined;
  for (let attempt = 0; attempt < (options.port === undefined ? ATTEMPTS : 1); attempt++) {
    const outcome = await startOn(options.port ?? (await freePort()), options);
    if (!(outcome instanceof LocalServerError)) return outcome;
    failure = outcome;
  }
  throw failure ?? new LocalServerError('anvil did not start');
}

async function startOn(port: number, options: AnvilOptions): Promise<Anvil | LocalServerError> {
  if (!(await isFree(port)))
    return new LocalServerError(`port ${port} is taken: choose another, or end who uses it`);
  const child = spawn(anvilPath(), anvilArguments(port, options), {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  superviseChild(child);
  const output = outputTail(child);
  const rpcUrl = `http://127.0.0.1:${port}`;
  if (!(await waitReady(child, () => answers(rpcUrl), START_TIMEOUT_MS))) {
    await stopChild(child, 'SIGKILL');
    return new LocalServerError(`anvil did not start on port ${port}`, output());
  }
  return { rpcUrl, process: child, stop: () => stopChild(child, 'SIGINT', 15_000) };
}

function anvilArguments(port: number, options: AnvilOptions): string[] {
  const blocks =
    options.blockTimeS === undefined ? [] : ['--mixed-mining', '--block-time', String(options.blockTimeS)];
  return [
    ...['--host', '127.0.0.1', '--port', String(port), '--quiet'],
    ...blocks,
    ...(options.mnemonic === undefined ? [] : ['--mnemonic', options.mnemonic]),
    ...(options.state === undefined ? [] : ['--state', options.state]),
    ...(options.chainId === undefined ? [] : ['--chain-id', String(options.chainId)]),
    ...(options.args ?? []),
  ];
}

async function answers(rpcUrl: string): Promise<boolean> {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"jsonrpc":"2.0","id":1,"method":"web3_clientVersion","params":[]}',
  });
  const body = (await response.json()) as { result?: string };
  return body.result?.startsWith('anvil') === true;
}
