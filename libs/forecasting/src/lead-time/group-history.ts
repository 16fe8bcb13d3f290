import { GROUPINGS, isLate, type Delivery, type Grouping } from './delivery.js';
import type { GroupSettings } from './lateness-settings.js';

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
  /** Mean of days late, early ones negative, capped either way. */
  readonly meanDelay: number;
}

/** Outcomes by group, each let in on the day that it was written down and in that order. */
export class GroupHistory {
  private readonly tallies = new Map<string, Tally>();

  private readonly settings: GroupSettings;

  constructor(settings: GroupSettings) {
    this.settings = settings;
  }

  learn(delivery: Delivery): void {
    const late = isLate(delivery) ? 1 : 0;
    const { mostDelayDays: most, halfLifeDays } = this.settings;
    const delay = Math.max(-most, Math.min(most, delivery.deliveredDay - delivery.scheduledDay));
    for (const key of ['', ...GROUPINGS.map((grouping) => keyOf(grouping, delivery))]) {
      const tally = this.tallies.get(key) ?? empty(delivery.recordedDay);
      const kept = 2 ** (-Math.max(0, delivery.recordedDay - tally.lastDay) / halfLifeDays);
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
    const { prior } = this.settings;
    return {
      count: tally.count,
      lateRate: (tally.late + prior * usual) / (tally.count + prior),
      recentLateRate: (tally.recentLate + prior * usual) / (tally.recent + prior),
      meanDelay: tally.delay / (tally.count + prior),
    };
  }
}

const keyOf = (grouping: Grouping, { groups }: Delivery): string => `${grouping}:${groups[grouping]}`;
const empty = (lastDay: number): Tally => ({
  count: 0,
  late: 0,
  recent: 0,
  recentLate: 0,
  delay: 0,
  lastDay,
});
