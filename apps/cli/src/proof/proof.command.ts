import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { makePublicClient } from '@tallyhouse/chain';
import { assembleTextBundle } from '@tallyhouse/nlp';
import { ProofInputError, type Hex, type ProofBundle, type TextBundle } from '@tallyhouse/proofs';
import { assembleBundle, BundleError, type AnchorProofSource, type RpcCall } from '@tallyhouse/supply-chain';
import { CliError } from '../cli.errors.js';
import { localContext } from '../local-context.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { connect } from '../up/seed.js';
import { pathsOf } from '../verify/verify-file.js';

interface ProofOptions {
  readonly stateDir: string;
  readonly disclose?: string[];
  readonly out?: string;
}

/** `tallyhouse proof` */
export function addProofCommand(program: Command): void {
  program
    .command('proof <id>')
    .description('write the proof bundle of an anchored event or text: one file, verified offline')
    .option('--disclose <paths>', 'show only these fields (JSON Pointers, with commas between)', pathsOf)
    .option('--out <file>', 'write there instead of to the screen')
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .action(proof);
}

async function proof(id: string, options: ProofOptions): Promise<void> {
  const context = await localContext(options.stateDir);
  const client = makePublicClient(context.rpcUrl);
  const rpc: RpcCall = (method, params) => client.request({ method, params } as never);
  const dataSource = await connect(context.databaseUrl);
  try {
    const registry = context.deployment.contracts.PartnerRegistry.address.toLowerCase() as Hex;
    const bundle = await bundleOf({ dataSource, rpc, registry }, id, options.disclose);
    const text = `${JSON.stringify(bundle, null, 1)}\n`;
    if (options.out === undefined) process.stdout.write(text);
    else await writeFile(options.out, text);
  } finally {
    await dataSource.destroy();
  }
}

/** Ids of events and texts are drawn so that none is both. */
async function bundleOf(
  source: AnchorProofSource,
  id: string,
  disclose: string[] | undefined,
): Promise<ProofBundle | TextBundle> {
  try {
    return await assembleBundle({ ...source, eventId: id, disclose });
  } catch (error) {
    if (!(error instanceof BundleError) || error.code !== 'EVENT_UNKNOWN') throw advised(error);
  }
  if (disclose?.length) {
    const advice =
      'leave --disclose out for a text, which is shown whole; ids of events are in ./tallyhouse up';
    throw new CliError(`no event has the id ${id}`, advice);
  }
  return assembleTextBundle({ ...source, textId: id }).catch((error: unknown) => {
    const isUnknown = error instanceof BundleError && error.code === 'TEXT_UNKNOWN';
    throw isUnknown
      ? new CliError(`no event and no text has the id ${id}`, 'take an id from the lists of events or texts')
      : advised(error);
  });
}

function advised(error: unknown): unknown {
  if (error instanceof BundleError) return new CliError(error.message, error.advice);
  if (error instanceof ProofInputError) return new CliError(error.message, 'look at the fields of the event');
  return error;
}
