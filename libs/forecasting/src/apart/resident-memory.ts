import { readFile, writeFile } from 'node:fs/promises';

/** What a process holds of the machine's memory, MiB; undefined where the system does not tell, or it is gone. */
export async function residentMb(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024;
}

/** Where a machine runs out of memory, the system ends this process and no other; systems that do not know it do nothing. */
export async function firstToGo(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/oom_score_adj`, '1000').catch(() => undefined);
}
