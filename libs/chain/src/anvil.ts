import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { NonRetryableUserError, RetryableError } from './chain.errors.js';

/** How a local chain runs. */
export interface AnvilOptions {
  /** TCP port; a free one is chosen when absent. */
  readonly port?: number;
  /** 31337 when absent. */
  readonly chainId?: number;
  /** Seconds between blocks; when absent a block is made for each transaction only. */
  readonly blockTimeS?: number;
  /** With `blockTimeS`: also a block at once for each transaction. */
  readonly mixedMining?: boolean;
  /** Time of the first block, unix seconds. */
  readonly timestampS?: number;
  /** Words the ten funded accounts derive from; anvil's well-known test words when absent. */
  readonly mnemonic?: string;
  /** File to load the chain's state from and to keep it in. */
  readonly statePath?: string;
  /** Further anvil arguments. */
  readonly extraArguments?: readonly string[];
  /** How long to wait for it to listen, milliseconds; 15,000 when absent. */
  readonly startTimeoutMs?: number;
}

/** A running local chain. */
export interface Anvil {
  readonly rpcUrl: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Ends the chain and resolves when its process is gone. */
  stop(): Promise<void>;
}

/**
 * Finds the anvil program that npm installed for this machine.
 *
 * @returns Its absolute path.
 * @throws NonRetryableUserError `ANVIL_UNAVAILABLE` when npm has none for this platform.
 * @example anvilPath() // '…/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil'
 */
export function anvilPath(platform: string = process.platform, arch: string = process.arch): string {
  const machine = `${platform}-${arch === 'x64' ? 'amd64' : arch}`;
  const file = platform === 'win32' ? 'anvil.exe' : 'anvil';
  const require = createRequire(import.meta.url);
  try {
    const beside = createRequire(require.resolve('@foundry-rs/anvil/package.json'));
    return beside.resolve(`@foundry-rs/anvil-${machine}/bin/${file}`);
  } catch (cause) {
    throw new NonRetryableUserError(
      'ANVIL_UNAVAILABLE',
      `no local chain program for ${machine}`,
      'install the packages again, or give the RPC URL of a chain that runs elsewhere',
      { cause },
    );
  }
}

/**
 * Starts a local chain and resolves when it listens.
 *
 * @throws RetryableError `ANVIL_EXITED` when it ends or stays silent before that.
 * @example const chain = await startAnvil({ blockTimeS: 1, mixedMining: true }); await chain.stop();
 */
export async function startAnvil(options: AnvilOptions = {}): Promise<Anvil> {
  const child = spawn(anvilPath(), argumentsOf(options), { stdio: ['ignore', 'pipe', 'pipe'] });
  const port = await listeningPort(child, options.startTimeoutMs ?? 15_000);
  child.stdout.resume();
  child.stderr.resume();
  return { rpcUrl: `http://127.0.0.1:${port}`, port, process: child, stop: () => stop(child) };
}

function argumentsOf(options: AnvilOptions): string[] {
  const flags: readonly (readonly [string, string | number | undefined])[] = [
    ['--host', '127.0.0.1'],
    ['--port', options.port ?? 0],
    ['--chain-id', options.chainId],
    ['--block-time', options.blockTimeS],
    ['--timestamp', options.timestampS],
    ['--mnemonic', options.mnemonic],
    ['--state', options.statePath],
  ];
  const given = flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]));
  return [...given, ...(options.mixedMining ? ['--mixed-mining'] : []), ...(options.extraArguments ?? [])];
}

function listeningPort(child: ChildProcess, timeoutMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (what: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      const advice = 'see what it said and start it again';
      reject(
        new RetryableError('ANVIL_EXITED', `the local chain ${what}: ${said.trim().slice(-500)}`, advice),
      );
    };
    const timer = setTimeout(() => fail(`did not listen within ${timeoutMs} ms`), timeoutMs);
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('exit', (code) => fail(`ended with ${code}`));
    child.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()));
    child.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const port = /Listening on [^\s:]+:(\d+)/.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      child.stdout?.removeAllListeners('data');
      child.stderr?.removeAllListeners('data');
      resolve(Number(port));
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
