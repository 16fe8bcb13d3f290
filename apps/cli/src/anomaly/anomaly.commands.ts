import { Option, type Command } from 'commander';
import { DETECTOR_NAMES } from '@tallyhouse/anomalies';
import { addCheckCommand } from './check.command.js';
import { addEvaluateCommand } from './evaluate.command.js';
import { addParametersCommand } from './parameters.command.js';
import { scoreFolder } from './score-folder.js';

/** `tallyhouse anomaly score|parameters|evaluate|check` */
export function addAnomalyCommands(program: Command): void {
  const group = program
    .command('anomaly')
    .description('look for anomalies in files, and tune what looks for them');
  addParametersCommand(group);
  addEvaluateCommand(group);
  addCheckCommand(group);
  group
    .command('score')
    .description(
      'score every row of a folder of series by the rows up to it, and hold the alarms against labelled windows',
    )
    .requiredOption('--input <folder>', 'CSV files timestamp,value in folders, plain or gzip')
    .requiredOption(
      '--labels <json>',
      'windows of each file: {"<folder>/<file>.csv": [["<first>", "<last>"]]}',
    )
    .option('--out <csv>', 'write file, row and score')
    .addOption(
      new Option('--by <detector>', 'whose scores are written')
        .choices(['novelty', 'fused', ...DETECTOR_NAMES])
        .default('novelty'),
    )
    .option('--only <files>', 'score only these files of the labels, joined by commas')
    .action(scoreFolder);
}
