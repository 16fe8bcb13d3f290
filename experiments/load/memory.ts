import { readFile } from 'node:fs/promises';

const EVERY_MS = 2_000;
/** Caches fill and the collector finds its pace before this. */
const WARM_UP_S = 60;

/** Resident memory of a process over a run; MiB. */
export interface MemoryFigures {
  readonly firstMiB: number;
  readonly lastMiB: number;
  readonly mostMiB: number;
  /** By least squares over what comes after the first minute; null for a run that is hardly longer. */
  readonly slopeMiBAnHour: number | null;
  /** The least of each minute: what a process holds when its garbage is gone. */
  readonly leastOfMinuteMiB: readonly number[];
}

/** Looks at the memory of processes until it is stopped; one that is started again is followed under its new number. */
export class MemoryWatch {
  private readonly samples = new Map<string, { atS: number; mib: number }[]>();
  private readonly startMs = performance.now();
  private readonly timer = setInterval(() => void this.look(), EVERY_MS);

  public constructor(private readonly pids: ReadonlyMap<string, () => number | undefined>) {}

  public stop(): Record<string, MemoryFigures> {
    clearInterval(this.timer);
    return Object.fromEntries([...this.samples].map(([name, samples]) => [name, figuresOf(samples)]));
  }

  private async look(): Promise<void> {
    const atS = (performance.now() - this.startMs) / 1_000;
    for (const [name, pidOf] of this.pids) {
      const status = await readFile(`/proc/${pidOf() ?? 0}/status`, 'utf8').catch(() => '');
      const kib = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
      if (kib > 0) this.samples.set(name, [...(this.samples.get(name) ?? []), { atS, mib: kib / 1_024 }]);
    }
  }
}

function figuresOf(samples: readonly { atS: number; mib: number }[]): MemoryFigures {
  const all = samples.map(({ mib }) => mib);
  const warm = samples.filter(({ atS }) => atS > WARM_UP_S);
  return {
    firstMiB: Math.round(all[0] ?? 0),
    lastMiB: Math.round(all.at(-1) ?? 0),
    mostMiB: Math.round(Math.max(0, ...all)),
    slopeMiBAnHour: warm.length < 30 ? null : Math.round(slope(warm) * 3_600),
    leastOfMinuteMiB: leastOfMinutes(samples),
  };
}

function leastOfMinutes(samples: readonly { atS: number; mib: number }[]): number[] {
  const byMinute = Map.groupBy(samples, ({ atS }) => Math.floor(atS / 60));
  return [...byMinute.values()].map((minute) => Math.round(Math.min(...minute.map(({ mib }) => mib))));
}

/** MiB a second. */
function slope(samples: readonly { atS: number; mib: number }[]): number {
  const mean = (pick: (sample: { atS: number; mib: number }) => number): number =>
    samples.reduce((sum, sample) => sum + pick(sample), 0) / samples.length;
  const [atS, mib] = [mean((sample) => sample.atS), mean((sample) => sample.mib)];
  const over = mean((sample) => (sample.atS - atS) * (sample.mib - mib));
  return over / mean((sample) => (sample.atS - atS) ** 2);
}
