import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VerifyOptions } from '../src/index.js';

/** One change of a vector, and the step that must name it. */
export type VectorChange = {
  base: string;
  path?: string;
  value?: unknown;
  given?: Partial<VerifyOptions>;
  failed: string;
};

/** `cases.json` of a folder of vectors. */
export type Cases = {
  header: string;
  anchorContract: string;
  registry?: string;
  valid: string[];
  way: Record<string, unknown>;
  changes: VectorChange[];
};

/** A bundle, what the caller gives besides, and the step that fails; none where it is valid. */
export type VectorCase = { name: string; bundle: unknown; given: VerifyOptions; failed?: string };

export const VECTOR_FOLDERS = ['1', '2', 'text'] as const;

/** A file of a folder of vectors. */
export function readVector(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../vectors', folder, `${name}.json`), 'utf8'));
}

/** Every bundle of a folder: the valid ones, then each change. */
export function vectorCases(folder: string): VectorCase[] {
  const { valid, changes, header, anchorContract, registry } = readVector(folder, 'cases') as Cases;
  const pinned = { header, anchorContract, ...(registry !== undefined && { registry }) };
  return [
    ...valid.map((name) => ({ name: `${name} as it is`, bundle: readVector(folder, name), given: pinned })),
    ...changes.map((change) => ({
      name: `${change.base} with ${change.path ?? `another ${Object.keys(change.given ?? {}).join()} asked for`}`,
      bundle: changed(readVector(folder, change.base), change),
      given: { ...pinned, ...change.given },
      failed: change.failed,
    })),
  ];
}

function changed(bundle: unknown, { path, value }: VectorChange): unknown {
  if (path === undefined) return bundle;
  const keys = path.slice(1).split('/');
  let parent = bundle as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  const last = keys.at(-1)!;
  if (!Object.hasOwn(parent, last)) throw new RangeError(`the vector has nothing at ${path}`);
  parent[last] = value;
  return bundle;
}
