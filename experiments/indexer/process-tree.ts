import { readdir, readFile } from 'node:fs/promises';

const INTERVAL_MS = 200;

/** Watches the resident memory of a process and all that it started. */
export class MemoryWatch {
  /** Highest sum seen, and when it was looked at; MiB, milliseconds since the start. */
  public readonly samples: { atMs: number; mib: number }[] = [];
  private readonly startMs = performance.now();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  public constructor(private readonly pid: number) {
    void this.look();
  }

  public get peakMiB(): number {
    return Math.max(0, ...this.samples.map(({ mib }) => mib));
  }

  public stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    const kib = await residentKiB(this.pid);
    const atMs = Math.round(performance.now() - this.startMs);
    if (kib > 0) this.samples.push({ atMs, mib: Math.round(kib / 1_024) });
    if (!this.stopped) this.timer = setTimeout(() => void this.look(), INTERVAL_MS);
  }
}

/** Sum over a process and its descendants; shared pages are counted for each of them. */
async function residentKiB(root: number): Promise<number> {
  const processes = new Map<number, { parent: number; kib: number }>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    const kib = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    processes.set(Number(name), { parent, kib });
  }
  const isOf = (pid: number): boolean => pid === root || (pid > 1 && isOf(processes.get(pid)?.parent ?? 0));
  return [...processes].reduce((sum, [pid, { kib }]) => sum + (isOf(pid) ? kib : 0), 0);
}
