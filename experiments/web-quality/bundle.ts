import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface BundleSizes {
  /** What the first page of a visit loads: the document and the scripts and styles that it names. */
  readonly firstLoadGzipBytes: number;
  /** By file, of the first load. */
  readonly firstLoad: Readonly<Record<string, number>>;
  /** Scripts that load on a need: the wallet, the verifier, the socket, the readers of calls. */
  readonly onNeed: Readonly<Record<string, number>>;
}

/** Sizes of the built pages, each file compressed by itself as a server sends it. */
export function bundleSizes(folder: string): BundleSizes {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path]) => path!);
  const size = (path: string): number => gzipSync(readFileSync(join(folder, path))).length;
  const firstLoad = Object.fromEntries(['index.html', ...named].map((path) => [stable(path), size(path)]));
  const others = readdirSync(join(folder, 'assets'))
    .map((name) => `assets/${name}`)
    .filter((path) => !named.includes(path));
  return {
    firstLoadGzipBytes: Object.values(firstLoad).reduce((sum, bytes) => sum + bytes, 0),
    firstLoad,
    onNeed: Object.fromEntries(others.map((path) => [stable(path), size(path)])),
  };
}

/** The name without the hash of the content, which changes with every build. */
function stable(path: string): string {
  return path.replace(/-[\w-]{8}(?=\.\w+$)/, '');
}
