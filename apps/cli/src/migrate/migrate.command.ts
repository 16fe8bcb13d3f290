import type { Command } from 'commander';
import { readConfig } from '@tallyhouse/config';
import { migrate } from './migrate.js';

/** `tallyhouse migrate` */
export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('bring the database of DATABASE_URL up to date')
    .action(async () => {
      const ran = await migrate(readConfig().databaseUrl);
      process.stdout.write(ran.length === 0 ? 'already up to date\n' : `${ran.join('\n')}\n`);
    });
}
