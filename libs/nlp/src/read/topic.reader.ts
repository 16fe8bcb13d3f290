import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { conditionOf, type TextFilter } from '../search/text-filter.js';
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
    const starts = periodsBetween(window.from, new Date(window.to.getTime() - 1), window.frequency).slice(
      0,
      MAX_PERIODS,
    );
    const counts = await this.counts(window);
    const topics: { number: number; name: string; terms: string[] }[] = await this.dataSource.query(
      `SELECT number, name, terms FROM text_topic WHERE run_id = (SELECT max(id) FROM text_topic_run) ORDER BY number`,
    );
    const totals = starts.map((start) =>
      sumOf(counts.filter((each) => each.start.getTime() === start.getTime())),
    );
    const spoken = topics.filter(({ number }) => counts.some((each) => each.number === number));
    const about = await this.about(window);
    const series = spoken.map(({ number }) => {
      const own = new Map(
        counts.filter((each) => each.number === number).map((each) => [each.start.getTime(), each.count]),
      );
      return starts.map((start, index) => ({ count: own.get(start.getTime()) ?? 0, total: totals[index]! }));
    });
    const trends = topicTrends(series);
    const all = totals.reduce((sum, total) => sum + total, 0);
    return spoken
      .map((topic, index) => {
        const count = series[index]!.reduce((sum, period) => sum + period.count, 0);
        return {
          ...topic,
          count,
          share: all === 0 ? 0 : count / all,
          periods: series[index]!.map((period, at) => ({
            ...period,
            periodStart: starts[at]!,
            share: period.total === 0 ? 0 : period.count / period.total,
          })),
          bursts: trends[index]!.bursts.map((burst) => ({
            ...burst,
            from: starts[burst.from]!,
            to: starts[burst.to]!,
          })),
          changes: trends[index]!.changes.map((at) => starts[at]!),
          about: about.filter(({ number }) => number === topic.number).slice(0, ABOUT_A_TOPIC),
        };
      })
      .sort((a, b) => b.count - a.count || a.number - b.number);
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
        const total = sumOf(own);
        const count = topic === null ? total : sumOf(own.filter(({ number }) => number === topic));
        return { periodStart, count, total, share: total === 0 ? 0 : count / total };
      });
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

const sumOf = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((sum, { count }) => sum + count, 0);
