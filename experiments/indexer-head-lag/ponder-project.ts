import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contender, Servers } from './contender.js';

/** Ponder as its manual has it: one table, one row a transfer, the tightest handler there is. */
const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "ponder-peer", "private": true, "type": "module" }',
  'ponder.config.ts': `
    import { createConfig } from 'ponder';
    import { parseAbi } from 'viem';
    const { RPC_URL, WS_URL, CHAIN_ID, TOKEN, START_BLOCK, DATABASE_URL } = process.env;
    export default createConfig({
      database: { kind: 'postgres', connectionString: DATABASE_URL },
      chains: { local: { id: Number(CHAIN_ID), rpc: RPC_URL, ...(WS_URL ? { ws: WS_URL } : {}) } },
      contracts: { TallyToken: {
        abi: parseAbi(['event Transfer(address indexed from, address indexed to, uint256 value)']),
        chain: 'local', address: TOKEN, startBlock: Number(START_BLOCK) } },
    });`,
  'ponder.schema.ts': `
    import { onchainTable } from 'ponder';
    export const fact = onchainTable('fact', (t) => ({
      id: t.text().primaryKey(), blockNumber: t.bigint().notNull(), sender: t.hex().notNull(),
      recipient: t.hex().notNull(), amount: t.bigint().notNull() }));`,
  'src/index.ts': `
    import { ponder } from 'ponder:registry';
    import { fact } from 'ponder:schema';
    ponder.on('TallyToken:Transfer', async ({ event, context }) => {
      const { from, to, value } = event.args;
      await context.db.insert(fact).values({
        id: event.id, blockNumber: event.block.number, sender: from, recipient: to, amount: value });
    });`,
  'src/api/index.ts': `import { Hono } from 'hono';\nexport default new Hono();`,
};

/**
 * @param modules a `node_modules` with ponder 0.16.10, viem and hono
 * @param ws whether it is given the websocket endpoint beside the other
 */
export async function ponder(servers: Servers, modules: string, ws: boolean): Promise<Contender> {
  const folder = join(servers.folder, ws ? 'ponder-ws' : 'ponder-polling');
  await mkdir(join(folder, 'src', 'api'), { recursive: true });
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
  await symlink(modules, join(folder, 'node_modules'));
  const schema = ws ? 'ponder_ws' : 'ponder_polling';
  const { TallyToken } = servers.deployment.contracts;
  const start = (): ChildProcess =>
    spawn(process.execPath, [join(modules, 'ponder/dist/esm/bin/ponder.js'), 'start', '--schema', schema], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: servers.databaseUrl,
        RPC_URL: servers.rpcUrl,
        ...(ws ? { WS_URL: servers.wsUrl } : {}),
        CHAIN_ID: String(servers.deployment.chainId),
        TOKEN: TallyToken.address,
        START_BLOCK: String(TallyToken.block),
        PORT: String(servers.freePort),
        PONDER_TELEMETRY_DISABLED: 'true',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  return {
    name: `Ponder 0.16.10, ${ws ? 'websocket' : 'polling (its default, 1 s)'}`,
    start,
    table: `${schema}.fact`,
  };
}
