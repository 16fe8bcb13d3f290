import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, cwd, exit, stderr, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';

/** Where Hardhat puts the artifact of each contract that the programs talk to. */
const ARTIFACTS = {
  Custody: 'contracts/ledger/Custody.sol',
  ForecastLedger: 'contracts/ledger/ForecastLedger.sol',
  ModelRegistry: 'contracts/registry/ModelRegistry.sol',
  PartnerRegistry: 'contracts/registry/PartnerRegistry.sol',
  RecallNotice: 'contracts/ledger/RecallNotice.sol',
  TallyGovernor: 'contracts/governance/TallyGovernor.sol',
  TallyToken: 'contracts/governance/TallyToken.sol',
  TimelockController: '@openzeppelin/contracts/governance/TimelockController.sol',
  TraceAnchor: 'contracts/ledger/TraceAnchor.sol',
} as const;

const OUTPUT_FOLDER = 'libs/chain/src/generated';
const HEADER = '// Generated from the compiled contracts by `npm run compile`. Do not edit.\n';

export interface GenerateAbisOptions {
  /** True compares only; false writes. */
  readonly check: boolean;
  /** The repository root; the working directory when absent. */
  readonly root?: string;
}

export interface GenerateAbisResult {
  /** Paths, relative to the root, that differed from what the artifacts give. */
  readonly changed: readonly string[];
}

interface Artifact {
  readonly abi: readonly unknown[];
  readonly bytecode: string;
}

/** Turns the Hardhat artifacts into typed modules of `libs/chain`; the same artifacts give the same bytes. */
export async function generateAbis({
  check,
  root = cwd(),
}: GenerateAbisOptions): Promise<GenerateAbisResult> {
  const wanted = new Map<string, string>();
  const names = Object.entries(ARTIFACTS);
  for (const [name, source] of names) {
    const artifact = await readArtifact(join(root, 'artifacts', source, `${name}.json`));
    wanted.set(`${kebab(name)}.ts`, moduleOf(name, artifact));
  }
  wanted.set('index.ts', HEADER + names.map(([name]) => `export * from './${kebab(name)}.js';\n`).join(''));

  const folder = join(root, OUTPUT_FOLDER);
  const changed = await differing(folder, wanted);
  if (!check) await bringAbout(folder, wanted, changed);
  return { changed: changed.map((file) => `${OUTPUT_FOLDER}/${file}`) };
}

async function readArtifact(path: string): Promise<Artifact> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`no artifact at ${path}; run: npx hardhat build`);
  });
  return JSON.parse(text) as Artifact;
}

function moduleOf(name: string, { abi, bytecode }: Artifact): string {
  const variable = name.charAt(0).toLowerCase() + name.slice(1);
  const entries = abi.map((entry) => `  ${JSON.stringify(entry, withoutInternalType)},\n`).join('');
  return `${HEADER}export const ${variable}Abi = [\n${entries}] as const;\n\nexport const ${variable}Bytecode =\n  '${bytecode}' as const;\n`;
}

/** Names of Solidity structs mean nothing to a caller and would change the file without changing the interface. */
function withoutInternalType(key: string, value: unknown): unknown {
  return key === 'internalType' ? undefined : value;
}

async function differing(folder: string, wanted: ReadonlyMap<string, string>): Promise<string[]> {
  const present = await readdir(folder).catch(() => []);
  const changed = present.filter((file) => !wanted.has(file));
  for (const [file, text] of wanted) {
    const before = await readFile(join(folder, file), 'utf8').catch(() => undefined);
    if (before !== text) changed.push(file);
  }
  return changed.sort();
}

async function bringAbout(
  folder: string,
  wanted: ReadonlyMap<string, string>,
  changed: readonly string[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of changed) {
    const text = wanted.get(file);
    await (text === undefined ? rm(join(folder, file)) : writeFile(join(folder, file), text));
  }
}

function kebab(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

async function main(): Promise<void> {
  const check = argv.includes('--check');
  const { changed } = await generateAbis({ check });
  for (const file of changed) stdout.write(`${check ? 'stale' : 'wrote'} ${file}\n`);
  if (check && changed.length > 0) {
    stderr.write('the generated ABIs differ from the contracts; run: npm run compile\n');
    exit(1);
  }
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) await main();
