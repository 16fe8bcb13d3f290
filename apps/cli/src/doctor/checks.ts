import { access, statfs } from 'node:fs/promises';
import { anvilPath, makePublicClient, readDeployment, verifyDeployment } from '@tallyhouse/chain';
import { probeEngines } from '@tallyhouse/compute';
import { isFree, postgresBinaries } from '@tallyhouse/testing';
import pg from 'pg';
import { familiesNotOpen } from '../model/runnable-families.js';

/** What one look found: fine, or what to do. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

const NEEDED_BYTES = 2_000_000_000;
const CHROMIUM = '/usr/bin/chromium';

export function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 22 || (major === 22 && minor >= 13);
  return {
    name: 'Node',
    ok,
    detail: ok ? process.version : `${process.version} is too old; run ./tallyhouse, which finds Node 24`,
  };
}

export async function checkPort(name: string, port: number, flag: string): Promise<Finding> {
  const free = await isFree(port);
  return {
    name,
    ok: free,
    detail: free
      ? `port ${port} is free`
      : `port ${port} is taken (by a running ./tallyhouse up?); choose another with ${flag}`,
  };
}

export async function checkDisk(path: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(path);
  const free = bavail * bsize;
  const ok = free >= NEEDED_BYTES;
  return { name: 'disk', ok, detail: `${Math.round(free / 1e9)} GB free${ok ? '' : '; free at least 2 GB'}` };
}

/** The operator's database when DATABASE_URL is set, else the embedded one's programs. */
export async function checkDatabase(url: string | undefined): Promise<Finding> {
  const name = 'database';
  try {
    if (!url) {
      const { postgres } = await postgresBinaries();
      await access(postgres);
      return { name, ok: true, detail: 'embedded PostgreSQL from npm' };
    }
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      "SELECT current_setting('server_version') AS version",
    );
    await client.end();
    return { name, ok: true, detail: `PostgreSQL ${rows[0]?.version ?? ''} at DATABASE_URL` };
  } catch (error) {
    return { name, ok: false, detail: `${messageOf(error)}; is DATABASE_URL right and the server up?` };
  }
}

/** The operator's chain when RPC_URLS is set (with its deployment, if named), else the local chain's program. */
export async function checkChain(
  rpcUrls: string | undefined,
  deploymentPath: string | undefined,
): Promise<Finding> {
  const name = 'chain';
  try {
    if (!rpcUrls) {
      await access(anvilPath());
      return { name, ok: true, detail: 'local chain (anvil) from npm' };
    }
    const client = makePublicClient(rpcUrls.split(','), { retryCount: 0, timeoutMs: 5_000 });
    const chainId = await client.getChainId();
    if (!deploymentPath)
      return { name, ok: true, detail: `chain ${chainId} answers; TALLYHOUSE_DEPLOYMENT is not set` };
    const deployment = await readDeployment({ deploymentPath });
    const findings = await verifyDeployment(client, deployment);
    if (findings.length === 0) {
      const sound = `chain ${chainId}; the deployment is sound, every right is with the timelock`;
      const closed = await familiesNotOpen(client, deployment);
      return { name, ok: true, detail: [sound, ...closed.map(adviceToOpen)].join('; ') };
    }
    return { name, ok: false, detail: findings.map((finding) => finding.message).join('; ') };
  } catch (error) {
    return { name, ok: false, detail: `${messageOf(error)}; check RPC_URLS and TALLYHOUSE_DEPLOYMENT` };
  }
}

const adviceToOpen = (family: string): string =>
  `nobody can vote on versions of ${family} yet: ./tallyhouse model open-family ${family}`;

/** Every compute engine that could be tried, with what it measured. */
export async function checkCompute(): Promise<Finding[]> {
  const reports = await probeEngines();
  return reports.map((report) => ({
    name: `compute ${report.name}/${report.device}`,
    ok: report.ok,
    detail: report.ok
      ? `${report.gflops?.toFixed(1) ?? '?'} GFLOP/s on a matrix product`
      : (report.reason ?? 'not usable'),
  }));
}

export async function checkBrowser(): Promise<Finding> {
  const ok = await access(CHROMIUM).then(
    () => true,
    () => false,
  );
  return {
    name: 'browser',
    ok,
    detail: ok ? CHROMIUM : 'no Chromium; browser tests are skipped (Debian: apt-get install chromium)',
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
