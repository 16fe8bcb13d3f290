import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { newProgram } from '../program.js';
import { addForecastCommands } from './forecast.commands.js';

const values = (from: number, count: number): string =>
  Array.from({ length: count }, (_, at) => 100 + 10 * Math.sin((from + at) / 2) + ((from + at) % 3)).join(
    ';',
  );
const PANEL = `id,period,type,m,h,train,test\na,MONTHLY,MICRO,12,6,${values(0, 48)},${values(48, 6)}\n`;

describe('tallyhouse forecast backtest', () => {
  let folder: string;
  let input: string;
  let written: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'backtest-'));
    input = join(folder, 'panel.csv');
    await writeFile(input, PANEL);
    written = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written += String(text);
      return true;
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  const run = async (...words: string[]): Promise<void> => {
    const program = newProgram();
    addForecastCommands(program);
    await program.parseAsync(['node', 'tallyhouse', ...words]);
  };

  it('takes its own options, which `forecast` above it has too', async () => {
    const out = join(folder, 'out.csv');
    await run('forecast', 'backtest', '--input', input, '--out', out, '--threads', '1', '--no-network');
    const lines = (await readFile(out, 'utf8')).trim().split('\n');
    expect(lines[0]).toBe('id,step,forecast,lo80,hi80,lo95,hi95');
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 2).join())).toEqual(
      [1, 2, 3, 4, 5, 6].map((step) => `a,${step}`),
    );
    const last = JSON.parse(written.trim().split('\n').at(-1)!) as Record<string, unknown>;
    expect(JSON.stringify(last)).toContain('"smape"');
  });
});
