import { Option, type Command } from 'commander';
import { CliError } from '../cli.errors.js';
import { instant } from '../audit-options.js';
import { wholeNumber } from '../options.js';
import { auditDeliveries } from './deliveries.js';
import { evaluate, FAULT_RATE } from './evaluate.js';
import { addReportCommands } from './report.commands.js';
import { learnRules, listFindings, runAudit, setParameters } from './stored-audit.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { evaluationJson, evaluationLines } from './evaluation-words.js';

/** `tallyhouse audit evaluate|deliveries|run|list|learn|set|report|fsma204|epcis|csv` */
export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('find what is wrong in what was captured');
  audit
    .command('evaluate')
    .description('play a world with planted faults and one without, audit both, and compare with the truth')
    .option('--seed <n>', 'seed of the world', wholeNumber, 1)
    .option('--events <n>', 'events of each world', wholeNumber, 50_000)
    .addOption(
      new Option('--fault-rate <share>', 'share of consignments with a planted fault')
        .argParser(share)
        .default(FAULT_RATE),
    )
    .action(runEvaluation);
  audit
    .command('deliveries <csv>')
    .description('say of the SCMS delivery history which lines are late, out of order or there twice')
    .option('--late-after-days <n>', 'days behind schedule that are allowed', wholeNumber, 14)
    .option('--kind <kind>', 'only late, out of order or duplicate, and then every line')
    .option('--captured', 'name the event that was captured from each line', false)
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .option('--json', 'one JSON object a line', false)
    .action(auditDeliveries);
  audit
    .command('run')
    .description('audit what waits in the queue now, by the rule set that governance decided')
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .option('--again', 'judge every stored event again', false)
    .action(runAudit);
  audit
    .command('list')
    .description('list findings, the latest change first')
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .option('--rule <id>', 'R1 to R17')
    .option('--state <state>', 'OPEN, IN_REVIEW, RESOLVED, DISMISSED or WITHDRAWN')
    .option('--subject <uri>', 'item, lot or unit')
    .option('--as-of <block>', 'what was known at this block', wholeNumber)
    .option('--as-of-time <time>', 'what was known at this time (ISO 8601)', instant)
    .option('--first <n>', 'at most so many, 1 to 1000', wholeNumber, 50)
    .option('--json', 'one JSON object a line', false)
    .action(listFindings);
  audit
    .command('learn')
    .description('learn from stored events what is usual, and keep a rule set that can be voted')
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .option('--events <n>', 'the newest so many, up to 1,000,000', wholeNumber, 200_000)
    .option('--propose', 'put it to the vote at once', false)
    .action(learnRules);
  audit
    .command('set <parameter...>')
    .description('keep the running rule set with other parameters, such as R7.toleranceMinutes=10')
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .option('--propose', 'put it to the vote at once', false)
    .action(setParameters);
  addReportCommands(audit);
}

interface EvaluationOptions {
  readonly seed: number;
  readonly events: number;
  readonly faultRate: number;
}

function runEvaluation({ seed, events, faultRate }: EvaluationOptions): void {
  if (events < 1_000 || events > 5_000_000)
    throw new CliError(`--events ${events}: out of bounds`, 'give 1,000 to 5,000,000');
  const onProgress = process.stderr.isTTY
    ? (stage: string, count: number): void => void process.stderr.write(`\r${stage}: ${count} events  `)
    : undefined;
  const result = evaluate({
    ...{ seed, events, faultRate },
    clock: () => performance.now(),
    ...(onProgress ? { onProgress } : {}),
  });
  if (onProgress) process.stderr.write('\r\u001b[K');
  process.stdout.write(`${evaluationLines(result).join('\n')}\n`);
  process.stdout.write(`${JSON.stringify(evaluationJson({ seed, faultRate }, result))}\n`);
}

function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1))
    throw new CliError(`--fault-rate ${text}: no share`, 'give a number from 0 to 1');
  return value;
}
