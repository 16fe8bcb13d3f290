import { GROUPINGS, isLate, type Delivery, type Grouping } from './delivery.js';

/** So many imagined deliveries at the overall rate stand beside those of a group. */
const PRIOR = 12;
/** Days after which a delivery counts half. */
const HALF_LIFE = 270;

interface Tally {
  count: number;
  late: number;
  recent: number;
  recentLate: number;
  delay: number;
  lastDay: number;
}

/** What a group of deliveries was like so far. */
export interface GroupRecord {
  readonly count: number;
  /** Share that came late, drawn to the overall share where few are known. */
  readonly lateRate: number;
  /** The same with deliveries of long ago counting less. */
  readonly recentLateRate: number;
  /** Mean of days late, early ones negative, capped at 60 either way. */
  readonly meanDelay: number;
}

/** Outcomes by group, each let in on the day that it was written down and in that order. */
export class GroupHistory {
  private readonly tallies = new Map<string, Tally>();

  learn(delivery: Delivery): void {
    const late = isLate(delivery) ? 1 : 0;
    const delay = Math.max(-60, Math.min(60, delivery.deliveredDay - delivery.scheduledDay));
    for (const key of ['', ...GROUPINGS.map((grouping) => keyOf(grouping, delivery))]) {
      const tally = this.tallies.get(key) ?? empty(delivery.recordedDay);
      const kept = decay(delivery.recordedDay - tally.lastDay);
      tally.count += 1;
      tally.late += late;
      tally.recent = tally.recent * kept + 1;
      tally.recentLate = tally.recentLate * kept + late;
      tally.delay += delay;
      tally.lastDay = delivery.recordedDay;
      this.tallies.set(key, tally);
    }
  }

  /** Of everything that is known. */
  overall(): GroupRecord {
    return this.recordOf('', 0.1);
  }

  of(grouping: Grouping, delivery: Delivery): GroupRecord {
    return this.recordOf(keyOf(grouping, delivery), this.overall().recentLateRate);
  }

  private recordOf(key: string, usual: number): GroupRecord {
    const tally = this.tallies.get(key) ?? empty(0);
    return {
      count: tally.count,
      lateRate: (tally.late + PRIOR * usual) / (tally.count + PRIOR),
      recentLateRate: (tally.recentLate + PRIOR * usual) / (tally.recent + PRIOR),
      meanDelay: tally.delay / (tally.count + PRIOR),
    };
  }
}

const keyOf = (grouping: Grouping, { groups }: Delivery): string => `${grouping}:${groups[grouping]}`;
const decay = (days: number): number => 2 ** (-Math.max(0, days) / HALF_LIFE);
const empty = (lastDay: number): Tally => ({
  count: 0,
  late: 0,
  recent: 0,
  recentLate: 0,
  delay: 0,
  lastDay,
});
