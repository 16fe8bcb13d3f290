import type { Command } from 'commander';
import { CliError } from '../cli.errors.js';
import { pathsOf, verifyFile } from './verify-file.js';

interface VerifyOptions {
  readonly header?: string;
  readonly anchor?: string;
  readonly registry?: string;
  readonly disclose?: string[];
  readonly out?: string;
}

/** `tallyhouse verify`: reads nothing but the file, and loads nothing that asks a database or a chain. */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify <bundle>')
    .description(
      'verify a proof bundle without network; exit 1 and the first step that fails when it does not hold',
    )
    .option('--header <hash>', 'hash of the block, from a source you trust')
    .option('--anchor <address>', 'address of the TraceAnchor contract, from a source you trust')
    .option('--registry <address>', 'address of the PartnerRegistry contract, from a source you trust')
    .option('--disclose <paths>', 'fields that must be shown; only these are printed', pathsOf)
    .option('--out <file>', 'write a bundle that shows only the fields of --disclose')
    .action(verify);
}

async function verify(file: string, options: VerifyOptions): Promise<void> {
  const { ok, lines } = await verifyFile(file, options).catch((error: unknown) => {
    throw new CliError(error instanceof Error ? error.message : String(error), './tallyhouse verify --help');
  });
  process.stdout.write(`${lines.join('\n')}\n`);
  if (!ok) process.exitCode = 1;
}
