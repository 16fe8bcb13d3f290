import { resolve } from 'node:path';
import type { Command } from 'commander';
import { isFree } from '@tallyhouse/testing';
import { CliError, explain } from '../cli.errors.js';
import { port, wholeNumber } from '../options.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { runAgainstOwnServers, wantsOwnServers } from './own-servers.js';
import { Progress } from './progress.js';
import { readyMessage } from './ready-message.js';
import { seedStack } from './seed-stack.js';
import { Stack, type StackOptions } from './stack.js';

interface UpOptions {
  readonly fresh: boolean;
  readonly stateDir: string;
  readonly apiPort: number;
  readonly rpcPort: number;
  readonly seed: number;
  readonly months: number;
  readonly scale: number;
  readonly items: number;
}

const DAY_MS = 86_400_000;
const FEWEST_ITEM_EVENTS = 100;
const MOST_ITEM_EVENTS = 1_000_000;
const BLOCK_TIME_S = 2;
const MAX_RESTARTS = 5;

/** `tallyhouse up` */
export function addUpCommand(program: Command): void {
  program
    .command('up')
    .description('start everything: database, chain, contracts, indexer, worker, api and web')
    .option('--fresh', 'empty the state folder first', false)
    .option('--state-dir <folder>', 'where everything is kept between runs', DEFAULT_STATE_DIR)
    .option('--api-port <port>', 'port of the web pages and the api', port, 3000)
    .option('--rpc-port <port>', 'port of the local chain', port, 8545)
    .option('--seed <number>', 'seed of a new world', wholeNumber, 7)
    .option('--months <number>', 'months of history in a new world', wholeNumber, 24)
    .option('--scale <factor>', 'size of a new world; 1 gives about 60,000 events', Number, 0.06)
    .option(
      '--items <number>',
      'events of a new world that follow single items; 0 for none',
      itemEvents,
      4_000,
    )
    .action(up);
}

async function up(options: UpOptions): Promise<void> {
  const progress = new Progress(process.stdout, Date.now);
  if (wantsOwnServers(process.env)) return runAgainstOwnServers(progress);
  await refuseBusyPorts(options);
  const stopped = interruption();
  let restarts = 0;
  const stack = await Stack.start({
    stateDir: resolve(options.stateDir),
    fresh: options.fresh,
    apiPort: options.apiPort,
    rpcPort: options.rpcPort,
    world: newWorld(options),
    blockTimeS: BLOCK_TIME_S,
    onStep: (step) => progress.step(step),
    onExit: (name, reason) => {
      if (stopped.asked()) return;
      if (name === 'database' || name === 'chain' || ++restarts > MAX_RESTARTS) {
        progress.say(`The ${name} ended ${reason}. Nothing is lost: run ./tallyhouse up again.`);
        stopped.ask();
        return;
      }
      progress.say(`The ${name} ended ${reason}; starting it again (its log: ${stack.app(name).logPath}).`);
      stack
        .app(name)
        .start()
        .catch((error: unknown) => progress.say(explain(error)));
    },
  });
  try {
    const summary = await Promise.race([seedStack(stack, progress), stopped.promise]);
    if (summary) progress.say(readyMessage(stack, summary));
    await stopped.promise;
  } finally {
    progress.say('Stopping; a second Ctrl-C is not needed.');
    await stack.stop();
    progress.say('Stopped. Everything is kept; ./tallyhouse up goes on from here.');
  }
}

async function refuseBusyPorts(options: UpOptions): Promise<void> {
  for (const [flag, number] of [
    ['--api-port', options.apiPort],
    ['--rpc-port', options.rpcPort],
  ] as const) {
    if (await isFree(number)) continue;
    throw new CliError(
      `port ${number} is in use by another program`,
      `stop that one, or choose another with ${flag}`,
    );
  }
}

/** The history of a new world ends yesterday, so that forecasts speak of days to come. */
function newWorld(options: UpOptions): StackOptions['world'] {
  const today = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS);
  const start = new Date(
    Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - options.months, today.getUTCDate()),
  );
  const { seed, months, scale, items } = options;
  return { seed, months, scale, items, start: start.toISOString().slice(0, 10) };
}

/** Ctrl-C, SIGTERM, or our own wish to stop; as a promise that ends without a value. */
function interruption(): { promise: Promise<undefined>; ask: () => void; asked: () => boolean } {
  let asked = false;
  let resolveStop: () => void = () => undefined;
  const promise = new Promise<undefined>((done) => (resolveStop = () => done(undefined)));
  const ask = (): void => {
    asked = true;
    resolveStop();
  };
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  return { promise, ask, asked: () => asked };
}

function itemEvents(text: string): number {
  const events = wholeNumber(text);
  if (events === 0 || (events >= FEWEST_ITEM_EVENTS && events <= MOST_ITEM_EVENTS)) return events;
  throw new CliError(`--items ${text}: out of bounds`, 'give 0, or 100 to 1,000,000');
}
