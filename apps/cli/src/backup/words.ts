import type { DatabaseDigest } from './database/database-digest.js';
import type { Manifest } from './manifest.js';

/** What a backup holds, for who made it or looks at it. */
export function backupLines(path: string, manifest: Manifest): string[] {
  const { tables, artifacts, world, takenAt, checkpoints, digest } = manifest;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const parts = [...tables.flatMap(({ part }) => part ?? []), ...artifacts, ...world];
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const local = world.length > 0 ? ', and the local chain' : '';
  return [
    `${path}: ${rows} rows of ${tables.length} tables, ${artifacts.length} model files${local}; ${megabytes(bytes)}`,
    `as of ${takenAt}${checkpoints.map(({ chainId, blockNumber }) => `, block ${blockNumber} of chain ${chainId}`).join('')}`,
    `digest ${digest}   (keep it apart from the backup: restore --digest takes no other)`,
  ];
}

/** What a database holds, table by table. */
export function digestLines({ tables, rows, sha256 }: DatabaseDigest): string[] {
  const filled = tables.filter((table) => table.rows > 0);
  return [
    ...filled.map(
      (table) =>
        `${table.name.padEnd(32)} ${String(table.rows).padStart(10)} rows  ${table.sha256.slice(0, 16)}`,
    ),
    `${rows} rows: ${sha256}`,
  ];
}

/** What was restored, and whether it is what was backed up. */
export function restoredLines(
  { migrations, digest, checkpoints }: Manifest,
  restored: DatabaseDigest,
): string[] {
  const goesOn = checkpoints.map(
    ({ chainId, blockNumber }) => `the indexer goes on after block ${blockNumber} of chain ${chainId}`,
  );
  const verdict =
    restored.sha256 === digest
      ? `digest ${digest}: the same as in the backup`
      : `digest ${digest} as in the backup, then migrated from ${migrations.at(-1)}: ${restored.sha256}`;
  return [...digestLines(restored).slice(0, -1), `${restored.rows} rows restored`, ...goesOn, verdict];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
