import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { unitVector } from '../search/quantised.js';
import { conditionOf, type TextFilter } from '../search/text-filter.js';
import { topicGroups } from '../topics/topic-groups.js';
import { groupBursts } from '../trends/group-bursts.js';
import { periodsBetween, type TrendFrequency } from '../trends/periods.js';
import { topicTrends, type SignificantBurst } from '../trends/topic-trends.js';

/** Over which time and texts topics are looked at. */
export interface TopicWindow {
  readonly frequency: TrendFrequency;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly filter: TextFilter;
}

export interface TopicPeriodRow {
  readonly periodStart: Date;
  readonly count: number;
  /** Texts of all topics in the period. */
  readonly total: number;
  readonly share: number;
}

/** A burst with the starts of its periods. */
export interface TopicBurstRow extends Omit<SignificantBurst, 'from' | 'to'> {
  readonly from: Date;
  /** Start of its last period. */
  readonly to: Date;
}

export interface TopicAboutRow {
  readonly role: string;
  readonly uri: string;
  readonly count: number;
}

export interface TopicRow {
  readonly number: number;
  readonly name: string;
  readonly terms: readonly string[];
  readonly count: number;
  readonly share: number;
  readonly periods: readonly TopicPeriodRow[];
  readonly bursts: readonly TopicBurstRow[];
  /** Starts of periods from which on the share is another. */
  readonly changes: readonly Date[];
  /** Products, sites and items that most of its texts are linked to. */
  readonly about: readonly TopicAboutRow[];
}

/** A burst of a topic, or of several together. */
export interface TopicTrendRow {
  /** The largest of them. */
  readonly topic: number;
  /** All of them, the largest first. */
  readonly topics: readonly number[];
  readonly name: string;
  readonly burst: TopicBurstRow;
}

interface StoredTopic {
  readonly number: number;
  readonly name: string;
  readonly terms: string[];
  readonly centroid: Buffer;
}

const NAMED_OF_A_GROUP = 2;
const UNIT = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month' } as const;
const MAX_PERIODS = 2_000;
const ABOUT_A_TOPIC = 5;

type Counts = readonly { number: number; start: Date; count: number }[];

/** Reads the topics of the newest run and how they develop. */
@Injectable()
export class TopicReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** The largest in the window first; topics without a text in it are left out. */
  public async list(window: TopicWindow): Promise<TopicRow[]> {
    const { starts, spoken, series, all } = await this.spokenIn(window);
    const about = await this.about(window);
    const trends = topicTrends(series);
    return spoken
      .map(({ number, name, terms, count }, index) => ({
        ...{ number, name, terms, count },
        share: all === 0 ? 0 : count / all,
        periods: series[index]!.map((period, at) => ({
          ...period,
          periodStart: starts[at]!,
          share: period.total === 0 ? 0 : period.count / period.total,
        })),
        bursts: trends[index]!.bursts.map((burst) => inTime(burst, starts)),
        changes: trends[index]!.changes.map((at) => starts[at]!),
        about: about.filter((each) => each.number === number).slice(0, ABOUT_A_TOPIC),
      }))
      .sort((a, b) => b.count - a.count || a.number - b.number);
  }

  /** Significant bursts of topics and of groups of topics that belong together, the most significant first. */
  public async trends(window: TopicWindow): Promise<TopicTrendRow[]> {
    const { starts, spoken, series } = await this.spokenIn(window);
    const grouped = spoken.map(({ centroid, count }) => ({ centroid: unitVector(centroid), size: count }));
    return groupBursts(series, topicGroups(grouped)).map(({ members, burst }) => {
      const topics = members.map((member) => spoken[member]!).sort((a, b) => b.count - a.count);
      return {
        topic: topics[0]!.number,
        topics: topics.map(({ number }) => number),
        name: topics
          .slice(0, NAMED_OF_A_GROUP)
          .map(({ name }) => name)
          .join(' + '),
        burst: inTime(burst, starts),
      };
    });
  }

  /**
   * How often a topic (or any, for null) is spoken of about a place or thing, a value a period without gaps: a covariate
   * for the series of the same product, site or lane, whose periods begin at the same times.
   */
  public async covariate(window: TopicWindow, topic: number | null): Promise<TopicPeriodRow[]> {
    const counts = await this.counts(window);
    return periodsBetween(window.from, new Date(window.to.getTime() - 1), window.frequency)
      .slice(0, MAX_PERIODS)
      .map((periodStart) => {
        const own = counts.filter(({ start }) => start.getTime() === periodStart.getTime());
        const total = sumOf(own.map(({ count }) => count));
        const count =
          topic === null
            ? total
            : sumOf(own.filter(({ number }) => number === topic).map((each) => each.count));
        return { periodStart, count, total, share: total === 0 ? 0 : count / total };
      });
  }

  /** Topics with texts in the window, how often each is spoken of by period, and the texts of all. */
  private async spokenIn(window: TopicWindow) {
    const starts = periodsBetween(window.from, new Date(window.to.getTime() - 1), window.frequency).slice(
      0,
      MAX_PERIODS,
    );
    const placeOf = new Map(starts.map((start, index) => [start.getTime(), index]));
    const totals = starts.map(() => 0);
    const counted = new Map<number, number[]>();
    for (const { number, start, count } of await this.counts(window)) {
      const place = placeOf.get(start.getTime());
      if (place === undefined) continue;
      const own = counted.get(number) ?? starts.map(() => 0);
      own[place]! += count;
      totals[place]! += count;
      counted.set(number, own);
    }
    const topics: StoredTopic[] = await this.dataSource.query(
      `SELECT number, name, terms, centroid FROM text_topic WHERE run_id = (SELECT max(id) FROM text_topic_run)
       ORDER BY number`,
    );
    const spoken = topics
      .filter(({ number }) => counted.has(number))
      .map((topic) => ({ ...topic, count: sumOf(counted.get(topic.number)!) }));
    const series = spoken.map(({ number }) =>
      counted.get(number)!.map((count, index) => ({ count, total: totals[index]! })),
    );
    return { starts, spoken, series, all: sumOf(totals) };
  }

  private async counts({ frequency, from, to, filter }: TopicWindow): Promise<Counts> {
    const condition = conditionOf({ ...filter, from, to });
    return this.dataSource.query(
      `SELECT m.number, date_trunc('${UNIT[frequency]}', t.written_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS start,
         count(*)::integer AS count
       FROM text_topic_member m JOIN text t ON t.id = m.text_id
       WHERE m.run_id = (SELECT max(id) FROM text_topic_run) AND ${condition.sql(1)} GROUP BY 1, 2`,
      [...condition.values],
    );
  }

  private async about({ from, to, filter }: TopicWindow): Promise<(TopicAboutRow & { number: number })[]> {
    const condition = conditionOf({ ...filter, from, to });
    return this.dataSource.query(
      `SELECT m.number, l.role, l.uri, count(*)::integer AS count
       FROM text_topic_member m JOIN text t ON t.id = m.text_id JOIN text_link l ON l.text_id = t.id
       WHERE m.run_id = (SELECT max(id) FROM text_topic_run) AND l.role <> 'ITEM' AND ${condition.sql(1)}
       GROUP BY 1, 2, 3 ORDER BY 4 DESC, 3 LIMIT 2000`,
      [...condition.values],
    );
  }
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function inTime({ from, to, ...burst }: SignificantBurst, starts: readonly Date[]): TopicBurstRow {
  return { ...burst, from: starts[from]!, to: starts[to]! };
}
