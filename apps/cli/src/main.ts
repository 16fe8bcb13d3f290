import 'reflect-metadata';
import { Command } from 'commander';
import { explain } from './cli.errors.js';
import { groupsFor } from './command-groups.js';

const program = new Command('tallyhouse')
  .description(
    'Keeps count of cargo and of votes: what moved, what will move, and who decided which model may say so.',
  )
  .showHelpAfterError('(add --help for what is possible)');

try {
  for (const group of groupsFor(process.argv[2])) await group.add(program);
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
