import { randomBytes } from 'node:crypto';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { RECALL_WEBHOOK } from '@tallyhouse/audit';
import { MODEL_WEBHOOK } from '@tallyhouse/forecasting';
import { PROPOSAL_WEBHOOK } from '@tallyhouse/governance';
import {
  addEndpoint,
  DeliveryRepository,
  listEndpoints,
  parseTarget,
  removeEndpoint,
  WebhookError,
  type NewEndpoint,
} from '@tallyhouse/webhooks';
import { printable, stateDirOption, withDatabase } from '../audit-options.js';
import { CliError } from '../cli.errors.js';
import { partnersOf } from '../custody/custody.commands.js';

const SHOWN_DEAD = 1_000;
const SECRET_BYTES = 32;

interface StateOptions {
  readonly stateDir: string;
}

interface AddOptions extends StateOptions {
  readonly partner?: string;
  readonly about: 'recalls' | 'proposals' | 'models';
  readonly trustedOrigins: string;
}

interface RetryOptions extends StateOptions {
  readonly webhook?: string;
  readonly delivery?: string;
}

/** `tallyhouse webhook list|add|remove|dead|retry` */
export function addWebhookCommands(program: Command): void {
  const webhook = program.command('webhook').description('webhooks of partners and what they did not take');
  onState(webhook.command('list').description('every webhook and how its messages stand')).action(list);
  onState(
    webhook
      .command('add <url>')
      .description(
        'tell a server of recalls, of proposals or of models that fall behind; the secret is shown once',
      ),
  )
    .addOption(
      new Option('--about <what>', 'what it is told')
        .choices(['recalls', 'proposals', 'models'])
        .default('recalls'),
    )
    .option('--partner <name or address>', 'who is told of recalls')
    .option('--trusted-origins <list>', 'as WEBHOOK_TRUSTED_ORIGINS of the worker', '')
    .action(add);
  onState(
    webhook.command('remove <id>').description('forget a webhook and what waits for it; a subscription ends'),
  ).action(remove);
  onState(webhook.command('dead').description('messages that were given up')).action(dead);
  onState(webhook.command('retry').description('send given-up messages again, all unless chosen'))
    .option('--webhook <id>', 'those of one webhook', uuid)
    .option('--delivery <id>', 'one message', uuid)
    .action(retry);
}

function onState(command: Command): Command {
  return command.addOption(stateDirOption());
}

async function list(options: StateOptions): Promise<void> {
  const rows = await withDatabase(options, (dataSource) => listEndpoints(dataSource.manager));
  const lines = rows.flatMap(({ id, purpose, partner, url, waiting, dead: given, lastDeliveredAt }) => [
    `${id}  ${purpose} of ${partner}: ${url}`,
    `  ${waiting} waiting, ${given} given up, last taken ${lastDeliveredAt?.toISOString() ?? 'never'}`,
  ]);
  print(lines, 'no webhooks yet');
}

async function add(url: string, options: AddOptions): Promise<void> {
  const kind = await kindOf(options);
  try {
    parseTarget(url, { trustedOrigins: options.trustedOrigins.split(',') });
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error;
    throw new CliError(error.message, 'give https://… on the public internet, or --trusted-origins');
  }
  const secret = randomBytes(SECRET_BYTES).toString('hex');
  await withDatabase(options, async ({ manager }) => {
    const { partner, purpose } = kind;
    const known = (await listEndpoints(manager, { partner, purpose })).find(
      (row) => options.about === 'recalls' || row.url === url,
    );
    if (known) {
      const way = `./tallyhouse webhook remove ${known.id}`;
      const who = options.about === 'recalls' ? partner : 'this address';
      throw new CliError(`${who} has a webhook for ${options.about}: ${known.url}`, way);
    }
    await addEndpoint(manager, { ...kind, url, secret: Buffer.from(secret) }, new Date());
  });
  process.stdout.write(`${secret}\n`);
}

/** Recalls are told to one partner, proposals and models to anybody. */
async function kindOf(options: AddOptions): Promise<Omit<NewEndpoint, 'url' | 'secret'>> {
  if (options.about === 'proposals') return PROPOSAL_WEBHOOK;
  if (options.about === 'models') return MODEL_WEBHOOK;
  if (options.partner === undefined)
    throw new CliError(
      '--partner: needed for recalls',
      'name the partner that is told, or give --about proposals or models',
    );
  const [partner] = await partnersOf(options, [options.partner]);
  return { ...RECALL_WEBHOOK, partner: partner! };
}

async function remove(id: string, options: StateOptions): Promise<void> {
  const known = uuid(id);
  if (await withDatabase(options, (dataSource) => removeEndpoint(dataSource.manager, known))) return;
  throw new CliError(`there is no webhook ${id}`, './tallyhouse webhook list');
}

async function dead(options: StateOptions): Promise<void> {
  const rows = await withDatabase(options, (dataSource) =>
    new DeliveryRepository(dataSource).dead(null, SHOWN_DEAD),
  );
  const lines = rows.map(
    ({ id, endpointId, createdAt, attempts, bytes, lastError }) =>
      `${id}  for ${endpointId}, of ${createdAt.toISOString()}, ${bytes} bytes: ${attempts} attempts, ${lastError ?? ''}`,
  );
  print(lines, 'nothing was given up');
}

async function retry(options: RetryOptions): Promise<void> {
  const selection = { endpointId: options.webhook, deliveryId: options.delivery };
  const count = await withDatabase(options, (dataSource) =>
    new DeliveryRepository(dataSource).retry(selection, new Date()),
  );
  process.stdout.write(`${count} to be sent again\n`);
}

function print(lines: readonly string[], nothing: string): void {
  process.stdout.write(`${lines.map(printable).join('\n') || nothing}\n`);
}

function uuid(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw new InvalidArgumentError(`${text} is no id; ./tallyhouse webhook list and dead show them.`);
}
