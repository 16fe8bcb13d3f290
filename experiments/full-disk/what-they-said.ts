import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppName } from '../../apps/cli/src/up/app-process.js';

const WARNING = 40;
const MOST_SIGNS = 160;

/** Lines of warning or worse by process: each kind of line with how often it came. */
export async function whatTheySaid(logs: string): Promise<Record<string, Record<string, number>>> {
  const said: Record<string, Record<string, number>> = {};
  for (const name of ['api', 'indexer', 'worker'] satisfies AppName[]) {
    const text = await readFile(join(logs, `${name}.log`), 'utf8');
    said[name] = {};
    for (const line of text.split('\n')) {
      const words = wordsOf(line);
      if (words) said[name][words] = (said[name][words] ?? 0) + 1;
    }
  }
  return said;
}

interface Line {
  readonly level?: number;
  readonly event?: string;
  readonly stage?: string;
  readonly code?: string;
  readonly problem?: string;
  readonly msg?: string;
  readonly err?: { readonly message?: string };
  readonly error?: { readonly message?: string };
}

function wordsOf(line: string): string | undefined {
  let read: Line;
  try {
    read = JSON.parse(line) as Line;
  } catch {
    return line.trim() === '' ? undefined : 'a line that is cut';
  }
  if ((read.level ?? WARNING) < WARNING) return undefined;
  const problem = read.problem ?? read.err?.message ?? read.error?.message ?? read.msg;
  const words = [read.event, read.stage, read.code, problem].filter((word) => word !== undefined).join(' ');
  return words.replaceAll(/"base\/[^"]*"|"pg_[^"]*"|\d{3,}/g, '…').slice(0, MOST_SIGNS);
}
