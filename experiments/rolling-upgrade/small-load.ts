import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadDocuments } from '../load/documents.js';
import { graphql, type Failure } from '../load/requests.js';

const PAUSE_MS = 250;
const READ = '{ events(first: 5) { edges { node { id status } } } indexStatus { blockNumber } }';

/** What was asked for while something was done, and what went wrong. */
export interface Phase {
  readonly name: string;
  readonly captures: number;
  readonly reads: number;
  /** A word for each kind of failure with how often it came. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Captures and reads one after the other, at an api that may change: what a balancer does is to name another. */
export class SmallLoad {
  public constructor(
    public url: string,
    private readonly documents: LoadDocuments,
  ) {}

  /** Asks for as long as the work takes, and at least for so many milliseconds. */
  public async during(name: string, leastMs: number, work: () => Promise<unknown>): Promise<Phase> {
    const counts = { captures: 0, reads: 0 };
    const failures: Record<string, number> = {};
    const least = performance.now() + leastMs;
    let until = Infinity;
    const loop = async (kind: keyof typeof counts, ask: () => Promise<Failure>): Promise<void> => {
      while (performance.now() < Math.max(least, until)) {
        const failure = await ask();
        counts[kind]++;
        if (failure !== undefined) failures[`${kind} ${failure}`] = (failures[`${kind} ${failure}`] ?? 0) + 1;
        await sleep(PAUSE_MS);
      }
    };
    const asking = [
      loop('captures', () => this.documents.captureByGraphql(this.url)),
      loop('reads', () => graphql(this.url, READ)),
    ];
    try {
      await work();
    } finally {
      until = performance.now();
      await Promise.all(asking);
    }
    return { name, ...counts, failures };
  }
}
