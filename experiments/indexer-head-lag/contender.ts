import { spawn, type ChildProcess } from 'node:child_process';
import type { Deployment } from '@tallyhouse/chain';

/** What every contender reads and writes. */
export interface Servers {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly deployment: Deployment;
  readonly deploymentPath: string;
  readonly freePort: number;
}

/** An indexer that writes a row a transfer into a table with a column `block_number`. */
export interface Contender {
  readonly name: string;
  readonly table: string;
  start(): ChildProcess;
}

/** Our indexer; all of its seven contracts, every block checked as `verify` says. */
export function ours(servers: Servers, ws: boolean, verify: 'off' | 'sample' | 'all'): Contender {
  const start = (): ChildProcess =>
    spawn(process.execPath, ['dist/apps/indexer/src/main.js'], {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: servers.databaseUrl,
        RPC_URLS: servers.rpcUrl,
        ...(ws ? { RPC_WS_URLS: servers.wsUrl } : {}),
        TALLYHOUSE_DEPLOYMENT: servers.deploymentPath,
        INDEX_VERIFY: verify,
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  const how = ws ? 'websocket' : 'polling (its default, 0.5 s)';
  return { name: `ours, ${how}, verification ${verify}`, table: 'token_transfer', start };
}
