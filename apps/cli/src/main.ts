import 'reflect-metadata';
import { explain } from './cli.errors.js';
import { groupsFor } from './command-groups.js';
import { newProgram } from './program.js';

const program = newProgram();

try {
  for (const group of groupsFor(process.argv[2])) await group.add(program);
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
