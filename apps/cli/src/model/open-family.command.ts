import { isAddress } from 'viem';
import type { Command } from 'commander';
import { makePublicClient, readDeployment, type Deployment } from '@tallyhouse/chain';
import { readConfig } from '@tallyhouse/config';
import { familyDraft, type ProposalDraft } from '@tallyhouse/governance';
import type { Hex } from '@tallyhouse/proofs';
import { CliError } from '../cli.errors.js';
import { governor } from '../governance/member-actions.js';
import { untilPowerCounts } from '../governance/power-counts.js';
import { walletProposal } from '../governance/wallet-proposal.js';
import { localContext, type LocalContext } from '../local-context.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { familiesNotOpen, RUNNABLE_FAMILIES } from './runnable-families.js';

/** `tallyhouse model open-family <name>` */
export function addOpenFamilyCommand(model: Command): void {
  model
    .command('open-family <name>')
    .description(
      `let members vote that versions of a family may be put forward: ${Object.keys(RUNNABLE_FAMILIES).join(', ')}`,
    )
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .option(
      '--proposer <address>',
      'send nothing; print the transaction that this account is to send, on the chain of RPC_URLS',
    )
    .action(open);
}

async function open(
  name: string,
  options: { readonly stateDir: string; readonly proposer?: string },
): Promise<void> {
  if (!Object.hasOwn(RUNNABLE_FAMILIES, name))
    throw new CliError(
      `no worker runs a family ${name}`,
      `say one of ${Object.keys(RUNNABLE_FAMILIES).join(', ')}`,
    );
  if (options.proposer !== undefined) return printFor(options.proposer, name);
  const { proposalId } = await proposeFamily(await localContext(options.stateDir), name);
  process.stdout.write(`proposal ${proposalId}\n  vote: ./tallyhouse vote ${proposalId} for --as alice\n`);
}

/** Proposes, in the name of the first member, that a family be opened. */
export async function proposeFamily(context: LocalContext, name: string): Promise<ProposalDraft> {
  const member = context.accounts.members[0]!;
  const draft = await draftFor(context.deployment, [context.rpcUrl], name, member.address);
  await untilPowerCounts(context, member);
  const { targets, values, calldatas, description } = draft;
  await governor(context, member, 'propose', [targets, values, calldatas, description]);
  return draft;
}

async function printFor(proposer: string, name: string): Promise<void> {
  if (!isAddress(proposer))
    throw new CliError(
      `--proposer ${proposer} is no address`,
      'give 0x and 40 hexadecimal digits; mixed case must match its checksum',
    );
  const config = readConfig();
  const deployment = await readDeployment(config);
  const draft = await draftFor(deployment, config.rpcUrls, name, proposer);
  process.stdout.write(`${JSON.stringify(walletProposal(deployment, proposer, draft), null, 2)}\n`);
}

async function draftFor(
  deployment: Deployment,
  rpcUrls: string | readonly string[],
  name: string,
  proposer: Hex,
): Promise<ProposalDraft> {
  const isOpen = (await familiesNotOpen(makePublicClient(rpcUrls), deployment, [name])).length === 0;
  if (isOpen)
    throw new CliError(
      `the family ${name} is open already`,
      'put a version of it forward; ./tallyhouse model --help says how',
    );
  const registry = deployment.contracts.ModelRegistry.address;
  return familyDraft({ registry, proposer, familyName: name, decides: RUNNABLE_FAMILIES[name]! });
}
