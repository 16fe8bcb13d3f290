import { createHash } from 'node:crypto';

/** Names that are remembered of one kind, and how many events are before all counts are halved. */
const MOST_NAMES = 200;
const HALVE_AT = 2_000;

/** A count, and when the name was last seen, Unix milliseconds. */
type Seen = [count: number, lastMs: number];

/** What is kept of habits between two looks. */
export interface KeptHabits {
  readonly total: number;
  /** In the order in which they were first seen. */
  readonly names: readonly (readonly [name: string, count: number, lastMs: number])[];
}

/**
 * How often names were seen in a stream, and when last; 200 names at most. Counts are halved after 2,000 events, so that what was usual
 * long ago is not for ever.
 */
export class Habits {
  private constructor(
    private total: number,
    private readonly names: Map<string, Seen>,
  ) {}

  static of(kept?: KeptHabits): Habits {
    const names = kept?.names ?? [];
    return new Habits(kept?.total ?? 0, new Map(names.map(([name, ...seen]) => [name, seen])));
  }

  /** How rare a name was so far: minus the binary logarithm of its share. */
  rarity(name: string): number {
    const count = this.names.get(keyOf(name))?.[0] ?? 0;
    return -Math.log2((count + 0.5) / (this.total + 1));
  }

  /** When the name was last seen, Unix milliseconds; undefined where it was not. */
  lastMs(name: string): number | undefined {
    return this.names.get(keyOf(name))?.[1];
  }

  note(name: string, timeMs: number): void {
    const key = keyOf(name);
    const [count, lastMs] = this.names.get(key) ?? [0, -Infinity];
    this.names.set(key, [count + 1, Math.max(lastMs, timeMs)]);
    this.total += 1;
    if (this.names.size > MOST_NAMES) this.forgetOne(key);
    if (this.total >= HALVE_AT) this.halve();
  }

  state(): KeptHabits {
    return { total: this.total, names: [...this.names].map(([name, seen]) => [name, ...seen]) };
  }

  /** The rarest but for the newest; of equally rare ones that which was seen first. */
  private forgetOne(newest: string): void {
    let [rarest, least] = ['', Infinity];
    for (const [key, [count]] of this.names)
      if (count < least && key !== newest) [rarest, least] = [key, count];
    this.names.delete(rarest);
  }

  private halve(): void {
    this.total /= 2;
    for (const seen of this.names.values()) seen[0] /= 2;
  }
}

/** Names may be as long as their senders like. */
const keyOf = (name: string): string => createHash('sha256').update(name).digest('base64url').slice(0, 12);
