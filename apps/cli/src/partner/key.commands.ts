import { InvalidArgumentError, type Command } from 'commander';
import { ApiKeyRepository, IdentityError, KEY_SCOPES, type IssuedKey } from '@tallyhouse/identity';
import { printable, stateDirOption, withDatabase } from '../audit-options.js';
import { CliError } from '../cli.errors.js';
import { keyLine } from './key-line.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface StateOptions {
  readonly stateDir: string;
}

interface AddOptions extends StateOptions {
  readonly label: string;
  readonly scopes: readonly string[];
  readonly days?: number;
}

interface RotateOptions extends StateOptions {
  readonly graceHours: number;
}

/** `tallyhouse partner key add|list|rotate|revoke` */
export function addKeyCommands(partner: Command): void {
  const key = partner.command('key').description("keys of partners' machines; a secret is shown once");
  onState(key.command('add <address>').description('make a key for a registered partner'))
    .option('--label <text>', 'what the key is for', 'machine')
    .option('--scopes <list>', `what it may do, of ${KEY_SCOPES.join(',')}`, names, [...KEY_SCOPES])
    .option('--days <number>', 'how long it lives; without it for ever', positive)
    .action(add);
  onState(key.command('list <address>').description('keys of a partner, ended ones too')).action(list);
  onState(key.command('rotate <id>').description('make a key that may do the same; the old one ends later'))
    .option('--grace-hours <number>', 'how long the old one goes on', notNegative, 24)
    .action(rotate);
  onState(key.command('revoke <id>').description('end a key at once and for good')).action(revoke);
}

function onState(command: Command): Command {
  return command.addOption(stateDirOption());
}

function add(address: string, options: AddOptions): Promise<void> {
  return within(options, async (keys) => {
    const { label, scopes, days } = options;
    const now = new Date();
    const expiresAt = days === undefined ? null : new Date(now.getTime() + days * DAY_MS);
    show(await keys.add({ partner: address, label, scopes, expiresAt }, now));
  });
}

function list(address: string, options: StateOptions): Promise<void> {
  return within(options, async (keys) => {
    const now = new Date();
    const lines = (await keys.list(address)).map((row) => printable(keyLine(row, now)));
    process.stdout.write(`${lines.join('\n') || 'no keys yet'}\n`);
  });
}

function rotate(id: string, options: RotateOptions): Promise<void> {
  return within(options, async (keys) =>
    show(await keys.rotate(null, id, options.graceHours * HOUR_MS, new Date())),
  );
}

function revoke(id: string, options: StateOptions): Promise<void> {
  return within(options, async (keys) => {
    if (await keys.revoke(null, id, new Date())) return;
    throw new CliError(`there is no key ${id}`, './tallyhouse partner key list <address>');
  });
}

/** The secret alone goes to standard output, for a script to take; what it is goes beside. */
function show({ secret, key }: IssuedKey): void {
  process.stderr.write(`${printable(keyLine(key, key.createdAt))}\n`);
  process.stdout.write(`${secret}\n`);
}

function within(options: StateOptions, work: (keys: ApiKeyRepository) => Promise<void>): Promise<void> {
  return withDatabase(options, async (dataSource) => {
    try {
      await work(new ApiKeyRepository(dataSource));
    } catch (error) {
      if (!(error instanceof IdentityError)) throw error;
      throw new CliError(error.message, '--help shows what is taken');
    }
  });
}

function names(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

function notNegative(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number) && number >= 0) return number;
  throw new InvalidArgumentError('expected a number, 0 or more');
}

function positive(text: string): number {
  const number = notNegative(text);
  if (number > 0 && number <= 36_500) return number;
  throw new InvalidArgumentError('expected days, more than 0 and at most 36500');
}
