import type { Command } from 'commander';
import { CustodyReader, unitHash } from '@tallyhouse/audit';
import { custodyAbi } from '@tallyhouse/chain';
import { normalizeIdentifier } from '@tallyhouse/epcis';
import type { Hex } from 'viem';
import { asOfOptions, printable, readingOptions, withDatabase, type ReadOptions } from '../audit-options.js';
import { CliError } from '../cli.errors.js';
import { send } from '../governance/member-actions.js';
import { localContext, type LocalContext } from '../local-context.js';
import { wholeNumber } from '../options.js';
import { DEFAULT_STATE_DIR } from '../paths.js';

interface PartnerOptions {
  readonly stateDir: string;
  readonly partner: string;
}

/** `tallyhouse custody offer|accept|reject|withdraw|show`, for the partners of the local world */
export function addCustodyCommands(program: Command): void {
  const custody = program
    .command('custody')
    .description('hand logistic units over: offered, then accepted or rejected');
  const local = (command: Command): Command =>
    command
      .requiredOption('--partner <name or address>', 'who acts')
      .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR);
  local(custody.command('offer <sscc...>').description('offer units to another partner'))
    .requiredOption('--to <name or address>', 'the recipient')
    .option('--hours <number>', 'how long the offer can be answered', wholeNumber, 72)
    .action(offer);
  local(custody.command('accept <sscc...>').description('take units that were offered')).action(
    act('accept'),
  );
  local(custody.command('reject <sscc...>').description('refuse units that were offered'))
    .requiredOption('--reason <text>', 'why')
    .action((sscc: string[], options: PartnerOptions & { reason: string }) =>
      act('reject', options.reason)(sscc, options),
    );
  local(custody.command('withdraw <sscc...>').description('take offers back')).action(act('withdraw'));
  readingOptions(custody.command('show <sscc>').description('who holds a unit, and its hand-overs')).action(
    show,
  );
}

async function offer(
  sscc: string[],
  options: PartnerOptions & { readonly to: string; readonly hours: number },
): Promise<void> {
  const context = await localContext(options.stateDir);
  const [partner, to] = await partnersOf(options, [options.partner, options.to]);
  const deadline = BigInt(Math.floor(Date.now() / 1_000) + options.hours * 3_600);
  await call(context, 'offer', [partner, to, deadline, sscc.map(unitOf)]);
  process.stdout.write(
    `offered ${sscc.length} to ${options.to} until ${new Date(Number(deadline) * 1_000).toISOString()}\n`,
  );
}

function act(what: 'accept' | 'reject' | 'withdraw', ...more: string[]) {
  return async (sscc: string[], options: PartnerOptions): Promise<void> => {
    const context = await localContext(options.stateDir);
    const [partner] = await partnersOf(options, [options.partner]);
    await call(context, what, [partner, sscc.map(unitOf), ...more]);
    process.stdout.write(`${what === 'withdraw' ? 'withdrawn' : `${what}ed`}: ${sscc.length}\n`);
  };
}

/** The relayer speaks for every partner of the local world. */
async function call(context: LocalContext, functionName: string, args: readonly unknown[]): Promise<void> {
  const { address } = context.deployment.contracts.Custody;
  await send(context, context.accounts.relayer, { address, abi: custodyAbi, functionName, args });
}

async function show(sscc: string, options: ReadOptions): Promise<void> {
  const custody = await withDatabase(options, (dataSource) =>
    new CustodyReader(dataSource).custody(sscc, asOfOptions(options)),
  );
  const lines = custody.transfers.map(
    ({ offeredTime, sender, recipient, state, reason }) =>
      `${offeredTime.toISOString()}  ${sender} → ${recipient}  ${state}${reason ? `: ${printable(reason)}` : ''}`,
  );
  process.stdout.write(
    `${[`held by ${custody.holder ?? 'nobody, as far as the contract knows'}`, ...lines].join('\n')}\n`,
  );
}

function unitOf(sscc: string): Hex {
  const uri = normalizeIdentifier(/^\d{18}$/.test(sscc) ? `https://id.gs1.org/00/${sscc}` : sscc);
  if (!uri.startsWith('https://id.gs1.org/00/'))
    throw new CliError(
      `${sscc} is no SSCC`,
      'give eighteen digits, a Digital Link or an EPC URN of a logistic unit',
    );
  return unitHash(uri);
}

/** Addresses of registered partners by name or address. */
export async function partnersOf(
  options: { readonly stateDir: string },
  names: readonly string[],
): Promise<Hex[]> {
  const rows = await withDatabase(options, (dataSource): Promise<{ partner: Hex; name: string }[]> =>
    dataSource.query('SELECT partner, name FROM partner_current ORDER BY name'),
  );
  return names.map((name) => {
    const found = rows.find(
      (row) => row.partner === name.toLowerCase() || row.name.toLowerCase() === name.toLowerCase(),
    );
    if (found) return found.partner;
    throw new CliError(
      `no registered partner is called ${name}`,
      `there are: ${rows.map((row) => row.name).join(', ')}`,
    );
  });
}
