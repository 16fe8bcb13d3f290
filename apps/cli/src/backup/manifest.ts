import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Name of the part that describes the others. */
export const MANIFEST = 'manifest.json';
/** Name of the part that holds the manifest's SHA-256. */
export const MANIFEST_HASH = 'manifest.sha256';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
/** A name inside the backup: no way out of its folder. */
const part = z.object({
  path: z.string().regex(/^(tables|artifacts|world)\/[a-z0-9][a-z0-9_.-]*$/),
  bytes: count,
  sha256,
});

const schema = z.object({
  format: z.literal('tallyhouse-backup/1'),
  /** The database's clock when the snapshot was taken. */
  takenAt: z.iso.datetime(),
  postgres: z.string(),
  /** Names of the migrations that had run, oldest first. */
  migrations: z.array(z.string()),
  /** How far each chain was indexed. */
  checkpoints: z.array(z.object({ chainId: count, blockNumber: count, blockHash: z.string() })),
  /** Digest of the tables' contents, as `tallyhouse digest` tells it. */
  digest: sha256,
  /** In an order in which they can be filled. */
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      rows: count,
      /** Of the columns' names and the rows, in order: what the table's line of the digest says. */
      sha256,
      /** Null for a table without rows. */
      part: part.nullable(),
    }),
  ),
  sequences: z.array(
    z.object({ name: z.string(), lastValue: z.string().regex(/^-?\d+$/), isCalled: z.boolean() }),
  ),
  artifacts: z.array(part),
  /** SHA-256 of artifacts that the database names and the store had not, or had altered. */
  missingArtifacts: z.array(z.string()),
  /** Files of a local world; none of an operator's own servers. */
  world: z.array(part),
});

/** What a backup holds. */
export type Manifest = z.infer<typeof schema>;
export type ManifestPart = z.infer<typeof part>;
export type TableManifest = Manifest['tables'][number];

/** The manifest as it lies in the backup, and the text of the part beside it. */
export function writeManifest(manifest: Manifest): { text: string; hash: string } {
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  return { text, hash: `${createHash('sha256').update(text).digest('hex')}\n` };
}

/**
 * Reads a manifest.
 *
 * @returns what is wrong with it as a sentence, when it is no manifest
 */
export function readManifest(text: string, hash: string): Manifest | string {
  if (createHash('sha256').update(text).digest('hex') !== hash.trim())
    return `${MANIFEST} was altered: it is not what ${MANIFEST_HASH} says`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `${MANIFEST} is no JSON`;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${MANIFEST}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not readable'}`;
}
