import { parseArgs } from 'node:util';
import { pathsOf, verifyFile } from './verify-file.js';

const USAGE = `usage: node tallyhouse-verify.mjs <bundle.json> [--header 0x…] [--anchor 0x…] [--registry 0x…]
       [--disclose path,…] [--out file]

Verifies a Tallyhouse proof bundle without network or server. Exit code 0: it holds; 1: it does not; 2: usage.
  --header    hash of the block, from a source you trust; without it the answer is only "consistent"
  --anchor    address of the TraceAnchor contract, from such a source
  --registry  address of the PartnerRegistry contract, from such a source
  --disclose  fields (JSON Pointers) that must be shown; only these are printed
  --out       write a bundle that shows only the fields of --disclose`;

const OPTIONS = {
  header: { type: 'string' },
  anchor: { type: 'string' },
  registry: { type: 'string' },
  disclose: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** The one-file verifier; see docs/verification.md. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [file] = positionals;
  if (values.help || file === undefined || positionals.length > 1) {
    process.stdout.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const { header, anchor, registry, out } = values;
  const disclose = values.disclose === undefined ? undefined : pathsOf(values.disclose);
  const { ok, lines } = await verifyFile(file, { header, anchor, registry, disclose, out });
  process.stdout.write(`${lines.join('\n')}\n`);
  return ok ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
