import type { Command } from 'commander';
import { addEvaluateCommand } from './evaluate.command.js';

/** `tallyhouse nlp …` */
export function addNlpCommands(program: Command): void {
  const group = program.command('nlp').description('models that read texts: evaluate, train, label, explain');
  addEvaluateCommand(group);
}
