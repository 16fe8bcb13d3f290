import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../paths.js';

/** One package of package-lock.json (lockfileVersion 3), as far as it matters here. */
export interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const SYSTEMS = [
  'darwin',
  'linux',
  'win32',
  'android',
  'freebsd',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
  'openharmony',
];
const PROCESSORS: Readonly<Record<string, string>> = { amd64: 'x64', i686: 'ia32', windows: 'win32' };
const KNOWN_PROCESSORS = [
  'x64',
  'arm64',
  'ia32',
  'ppc64',
  's390x',
  'riscv64',
  'loong64',
  'wasm32',
  'mips64el',
];

/**
 * Adds the platform packages that a lockfile leaves out. npm drops an optional package that the registry at hand does
 * not have, and `npm ci` then refuses the lockfile everywhere. An added entry has version, system and processor, and no
 * integrity: it is checked only by the registry that serves it.
 *
 * @example completeLock({ 'node_modules/a': { optionalDependencies: { 'a-darwin-arm64': '1.0.0' } } })
 * // … plus 'node_modules/a-darwin-arm64': { version: '1.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] }
 */
export function completeLock(
  packages: Readonly<Record<string, LockedPackage>>,
): Record<string, LockedPackage> {
  const complete: Record<string, LockedPackage> = { ...packages };
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const place = placeOf(complete, path, name, version);
      if (place !== undefined)
        complete[place] = { version, optional: true, ...platformOf(name), ...(dev ? { dev } : {}) };
    }
  }
  const { '': root, ...others } = complete;
  return {
    ...(root ? { '': root } : {}),
    ...Object.fromEntries(Object.entries(others).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Where the package belongs, or undefined when it is there or its version is not fixed. */
function placeOf(
  packages: Readonly<Record<string, LockedPackage>>,
  parent: string,
  name: string,
  version: string,
): string | undefined {
  const top = `node_modules/${name}`;
  const nested = `${parent}/node_modules/${name}`;
  if (!/^\d+\.\d+\.\d+/.test(version) || packages[nested]) return undefined;
  if (!packages[top]) return top;
  return packages[top].version === version ? undefined : nested;
}

function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu'> {
  const words = (name.split('/').at(-1) ?? '').split('-').map((word) => PROCESSORS[word] ?? word);
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu =
    words.find((word) => KNOWN_PROCESSORS.includes(word)) ?? (words.includes('arm') ? 'arm' : undefined);
  return { ...(os ? { os: [os] } : {}), ...(cpu ? { cpu: [cpu] } : {}) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const path = join(ROOT, 'package-lock.json');
  const lock = JSON.parse(await readFile(path, 'utf8')) as { packages: Record<string, LockedPackage> };
  const packages = completeLock(lock.packages);
  await writeFile(path, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  const added = Object.keys(packages).length - Object.keys(lock.packages).length;
  process.stdout.write(`${added} platform packages added to package-lock.json\n`);
}
