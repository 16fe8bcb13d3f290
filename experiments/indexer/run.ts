import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import { faults } from './faults.js';
import { memory } from './memory.js';
import { throughput } from './throughput.js';

const RESULTS = 'experiments/indexer/results.json';
const PARTS: Readonly<Record<string, (postgres: LocalPostgres) => Promise<object>>> = {
  ...{ throughput, memory, faults },
};

/** Runs the parts that are named, or all, and puts each one's figures in the place of its last ones. */
const named = process.argv.slice(2);
for (const [name, part] of Object.entries(PARTS)) {
  if (named.length > 0 && !named.includes(name)) continue;
  const loadBefore = loadavg()[0];
  const postgres = await startPostgres();
  try {
    const figures = await part(postgres);
    const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
    const load = [loadBefore, loadavg()[0]];
    const kept = JSON.parse(await readFile(RESULTS, 'utf8').catch(() => '{}')) as Record<string, unknown>;
    const results = { ...kept, machine, [name]: { load, ...figures } };
    await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
    console.log(JSON.stringify({ [name]: figures }, null, 2));
  } finally {
    await postgres.stop();
  }
}
