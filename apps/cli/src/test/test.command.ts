import type { Command } from 'commander';
import { runSteps, tallyLine } from '../check/run-steps.js';
import { CHECK_STEPS, JOURNEY_STEPS, type Step } from '../check/steps.js';

/** `tallyhouse check` and `tallyhouse test` */
export function addTestCommand(program: Command): void {
  program
    .command('test')
    .description('check everything, then run the journeys on a real database and a real chain')
    .action(() => report([...CHECK_STEPS, ...JOURNEY_STEPS]));
  program
    .command('check')
    .description('format, import rules, types, lint, unused code, contracts, generated files, unit tests')
    .action(() => report(CHECK_STEPS));
}

async function report(steps: readonly Step[]): Promise<void> {
  const tally = await runSteps(steps);
  process.stdout.write(`\n${tallyLine(tally)}\n`);
  if (tally.failed > 0) process.exitCode = 1;
}
