import type { Command } from 'commander';
import { ROOT } from '../paths.js';
import {
  checkBrowser,
  checkChain,
  checkCompute,
  checkDatabase,
  checkDisk,
  checkNode,
  checkPort,
  type Finding,
} from './checks.js';

/** Things that Tallyhouse runs without: saying that they are missing is no failure. */
const OPTIONAL = /^(browser|compute|api port|chain port)/;

/** `tallyhouse doctor` */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('look at this machine: Node, ports, disk, database, chain, compute engines, browser')
    .action(async () => {
      const { DATABASE_URL, RPC_URLS, TALLYHOUSE_DEPLOYMENT } = process.env;
      const findings: Finding[] = [
        checkNode(),
        await checkPort('api port', 3000, '--api-port'),
        await checkPort('chain port', 8545, '--rpc-port'),
        await checkDisk(ROOT),
        await checkDatabase(DATABASE_URL),
        await checkChain(RPC_URLS, TALLYHOUSE_DEPLOYMENT),
        ...(await checkCompute()),
        await checkBrowser(),
      ];
      for (const { name, ok, detail } of findings) {
        const mark = ok ? 'ok  ' : OPTIONAL.test(name) ? 'note' : 'FIX ';
        process.stdout.write(`${mark}  ${name.padEnd(26)} ${detail}\n`);
      }
      const computes = findings.some(({ name, ok }) => ok && name.startsWith('compute'));
      if (!computes)
        process.stdout.write(
          'FIX   compute                    no engine works; forecasts cannot be made here\n',
        );
      if (!computes || findings.some(({ name, ok }) => !ok && !OPTIONAL.test(name))) process.exitCode = 1;
    });
}
