import { Option, type Command } from 'commander';
import { modelRegistryAbi } from '@tallyhouse/chain';
import { familyId } from '@tallyhouse/proofs';
import { CliError } from '../cli.errors.js';
import { localContext, type LocalContext } from '../local-context.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import type { LocalAccount } from '../up/accounts.js';
import { connect } from '../up/seed.js';
import { castVote, governor, send, SUPPORT, type Support } from './member-actions.js';
import { signedVote } from './signed-vote.js';
import { proposalParts } from './proposal-parts.js';

interface MemberOptions {
  readonly stateDir: string;
  readonly as: string;
  readonly reason: string;
  readonly signed: boolean;
}

/** `tallyhouse proposals|vote|queue|execute|rollback`, for the members of the local world */
export function addGovernanceCommands(program: Command): void {
  const local = (command: Command): Command =>
    command
      .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
      .addOption(
        new Option('--as <member>', 'who acts')
          .choices(['alice', 'bob', 'carol', 'guardian'])
          .default('alice'),
      );
  local(program.command('proposals').description('list proposals and how they stand')).action(list);
  local(program.command('vote <proposalId> <support>').description(`vote ${Object.keys(SUPPORT).join(', ')}`))
    .option('--reason <text>', 'why, for all to read', '')
    .option('--signed', 'sign it and let the relayer pay', false)
    .action(vote);
  local(program.command('queue <proposalId>').description('queue a proposal that succeeded')).action(
    act('queue'),
  );
  local(
    program.command('execute <proposalId>').description('execute a queued proposal after its delay'),
  ).action(act('execute'));
  local(
    program.command('rollback <family>').description('as guardian, go back to the previous active version'),
  ).action(rollback);
}

async function list({ stateDir }: MemberOptions): Promise<void> {
  const context = await localContext(stateDir);
  const dataSource = await connect(context.databaseUrl);
  try {
    const rows: Record<string, string>[] = await dataSource.query(
      `SELECT proposal_id, state, for_votes, against_votes, split_part(description, E'\\n', 1) AS title
       FROM proposal_current ORDER BY vote_start DESC LIMIT 50`,
    );
    const lines = rows.map(
      (row) =>
        `${row['state']?.padEnd(9)} ${row['proposal_id']}\n  ${printable(row['title'] ?? '')}  for ${tally(row['for_votes'])}, against ${tally(row['against_votes'])}`,
    );
    process.stdout.write(`${lines.join('\n') || 'no proposals yet'}\n`);
  } finally {
    await dataSource.destroy();
  }
}

async function vote(proposalId: string, support: string, options: MemberOptions): Promise<void> {
  if (!(support in SUPPORT))
    throw new CliError(`${support} is no vote`, `say one of ${Object.keys(SUPPORT).join(', ')}`);
  const context = await localContext(options.stateDir);
  const ballot = [
    memberOf(context, options.as),
    idOf(proposalId),
    support as Support,
    options.reason,
  ] as const;
  if (options.signed) {
    const { txHash, blockNumber, id } = await signedVote(context, ...ballot);
    process.stdout.write(
      `${options.as} voted ${support} by signature: ballot ${id}, transaction ${txHash}, block ${blockNumber}\n`,
    );
    return;
  }
  const receipt = await castVote(context, ...ballot);
  process.stdout.write(
    `${options.as} voted ${support}: transaction ${receipt.transactionHash}, block ${receipt.blockNumber}, gas ${receipt.gasUsed}\n`,
  );
}

function act(
  functionName: 'queue' | 'execute',
): (proposalId: string, options: MemberOptions) => Promise<void> {
  return async (proposalId, options) => {
    const context = await localContext(options.stateDir);
    const parts = await proposalParts(context, idOf(proposalId));
    const receipt = await governor(context, memberOf(context, options.as), functionName, parts);
    process.stdout.write(
      `${functionName}: transaction ${receipt.transactionHash}, block ${receipt.blockNumber}, gas ${receipt.gasUsed}\n`,
    );
  };
}

async function rollback(family: string, options: MemberOptions): Promise<void> {
  const context = await localContext(options.stateDir);
  const { address } = context.deployment.contracts.ModelRegistry;
  const call = { address, abi: modelRegistryAbi, functionName: 'rollback', args: [familyId(family)] };
  const receipt = await send(context, context.accounts.guardian, call);
  process.stdout.write(`rolled back: transaction ${receipt.transactionHash}, block ${receipt.blockNumber}\n`);
}

function memberOf(context: LocalContext, name: string): LocalAccount {
  const { members, guardian } = context.accounts;
  return [...members, guardian].find((account) => account.name === name)!;
}

function idOf(text: string): bigint {
  if (!/^\d{1,78}$/.test(text))
    throw new CliError(`${text} is no proposal id`, 'copy one from ./tallyhouse proposals');
  return BigInt(text);
}

/** Texts from the chain are anybody's: nothing in them may steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{C}]/gu, '�').slice(0, 200);
}

function tally(amount: string | undefined): string {
  return (BigInt(amount ?? 0) / 10n ** 18n).toLocaleString('en');
}
