import { Command } from 'commander';

/** `tallyhouse` without any command. What stands after the name of a command belongs to that one, also below another command. */
export const newProgram = (): Command =>
  new Command('tallyhouse')
    .description(
      'Keeps count of cargo and of votes: what moved, what will move, and who decided which model may say so.',
    )
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for what is possible)');
