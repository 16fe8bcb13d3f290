import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { ProfileRepository, type ProfileRow } from '@tallyhouse/supply-chain';
import { CliError } from '../cli.errors.js';
import { senderCommand, withSenders, type SenderOptions } from './sender-command.js';

interface Options extends SenderOptions {
  readonly bizStep?: readonly string[];
}

const EVERYBODY = 'everybody';
/** Commander ends an argument's name at a blank: what may stand there is told by the descriptions. */
const WHO = '<partner>';

/** `tallyhouse partner profile set|list|retire` */
export function addProfileCommands(partner: Command): void {
  const profile = partner
    .command('profile')
    .description(
      `JSON Schemas that events of a partner (its address, or ${EVERYBODY}) must meet beyond the standard`,
    );
  const add = (usage: string, description: string): Command => senderCommand(profile, usage, description);
  add(`set ${WHO} <name> <file>`, 'put a profile in force, as the next version of its name')
    .option('--biz-step <step...>', 'judge only events of these business steps; else all events')
    .action((who: string, name: string, file: string, options: Options) =>
      within(options, async (profiles) => {
        const schema = await schemaIn(file);
        const bizSteps = options.bizStep ?? [];
        const put = { partner: addressOf(who), name, bizSteps, schema, setBy: 'OPERATOR' } as const;
        print(await profiles.put(put, new Date()));
      }),
    );
  add(`list ${WHO}`, 'every version, newest first').action((who: string, options: Options) =>
    within(options, async (profiles) => (await profiles.versions(addressOf(who))).forEach(print)),
  );
  add(`retire ${WHO} <name>`, 'take a profile out of force; its versions stay').action(
    (who: string, name: string, options: Options) =>
      within(options, async (profiles) => {
        if (await profiles.retire(addressOf(who), name, 'OPERATOR', new Date())) return;
        throw new CliError(`no profile ${name} is in force`, `./tallyhouse partner profile list ${who}`);
      }),
  );
}

const within = (
  options: SenderOptions,
  work: (profiles: ProfileRepository) => Promise<void>,
): Promise<void> => withSenders(options, (dataSource) => work(new ProfileRepository(dataSource)));

async function schemaIn(file: string): Promise<object> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CliError(`${file} cannot be read`, 'give the path of a JSON Schema');
  });
  try {
    const schema: unknown = JSON.parse(text);
    if (typeof schema === 'object' && schema !== null) return schema;
  } catch {
    // Said below, as for JSON that is no object.
  }
  throw new CliError(`${file} holds no JSON object`, 'give the path of a JSON Schema');
}

function addressOf(who: string): string | null {
  return who === EVERYBODY ? null : who;
}

function print({ partner, name, version, bizSteps, setBy, createdAt, retiredAt }: ProfileRow): void {
  const steps = bizSteps.length > 0 ? bizSteps.join(' ') : 'every event';
  const until = retiredAt ? ` until ${retiredAt.toISOString()}` : ' in force';
  const who = partner ?? EVERYBODY;
  process.stdout.write(
    `${name}@${version} for ${who}, ${steps}, set by ${setBy.toLowerCase()} ${createdAt.toISOString()},${until}\n`,
  );
}
