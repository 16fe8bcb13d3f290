import type { Command } from 'commander';
import { CompanyPrefixRepository } from '@tallyhouse/supply-chain';
import { CliError } from '../cli.errors.js';
import { senderCommand, withSenders, type SenderOptions } from './sender-command.js';

/** `tallyhouse partner prefix add|list|remove` */
export function addPrefixCommands(partner: Command): void {
  const prefix = partner
    .command('prefix')
    .description('GS1 Company Prefixes under which a partner may create identifiers; with none, under all');
  const add = (usage: string, description: string): Command => senderCommand(prefix, usage, description);
  add('add <address> <prefix>', 'register a prefix').action(
    (address: string, digits: string, options: SenderOptions) =>
      within(options, (prefixes) => prefixes.add(address, digits, new Date())),
  );
  add('list <address>', 'the prefixes of a partner').action((address: string, options: SenderOptions) =>
    within(options, async (prefixes) => {
      for (const digits of await prefixes.of(address)) process.stdout.write(`${digits}\n`);
    }),
  );
  add('remove <address> <prefix>', 'forget a prefix').action(
    (address: string, digits: string, options: SenderOptions) =>
      within(options, async (prefixes) => {
        if (await prefixes.remove(address, digits)) return;
        throw new CliError(
          `${address} has no prefix ${digits}`,
          `./tallyhouse partner prefix list ${address}`,
        );
      }),
  );
}

const within = (
  options: SenderOptions,
  work: (prefixes: CompanyPrefixRepository) => Promise<void>,
): Promise<void> => withSenders(options, (dataSource) => work(new CompanyPrefixRepository(dataSource)));
