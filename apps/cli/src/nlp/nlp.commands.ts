import type { Command } from 'commander';
import { addDistilCommand } from './distil.command.js';
import { addEvaluateCommand } from './evaluate.command.js';
import { addLabelCommand } from './label.command.js';
import { addTrainCommand } from './train.command.js';

/** `tallyhouse nlp …` */
export function addNlpCommands(program: Command): void {
  const group = program.command('nlp').description('models that read texts: evaluate, train, label, explain');
  addEvaluateCommand(group);
  addTrainCommand(group);
  addLabelCommand(group);
  addDistilCommand(group);
}
