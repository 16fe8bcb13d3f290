import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { binomialTail } from '../trends/binomial.js';
import { TextReader } from './text.reader.js';
import type { TextRow } from './text.rows.js';

/** About what, and when. */
export interface TalkWindow {
  /** Products, sites and items as they are stored; a text about any of them counts. */
  readonly about: readonly string[];
  /** Whose texts count when nothing is named; an address. */
  readonly partner: string;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
}

/** What was written about something in a time, beside what is usual. */
export interface TalkRow {
  readonly count: number;
  /** Texts in a time as long, on average over the year before. */
  readonly usual: number;
  /** Probability of so many or more if nothing had changed. */
  readonly pValue: number;
  /** About most of what was named first, then the newest. */
  readonly texts: readonly TextRow[];
}

const YEAR_MS = 365 * 86_400_000;
const ABOUT = `
  SELECT t.id, t.written_at, count(l.uri)::integer AS links FROM text t
  LEFT JOIN text_link l ON l.text_id = t.id AND l.uri = ANY($1::text[])
  WHERE t.written_at >= $2 AND t.written_at < $3
    AND CASE WHEN cardinality($1::text[]) = 0 THEN t.partner = $4 ELSE l.uri IS NOT NULL END
  GROUP BY t.id`;

/** Joins what is measured with what is written about it. */
@Injectable()
export class TalkReader {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly texts: TextReader,
  ) {}

  /**
   * Texts about something in a time, and whether there are more than usual: given the texts of this time and of the year
   * before together, those of this time are binomial (conditional test of two Poisson rates; Przyborowski, Wilenski
   * 1940). No text in the year before and some now is rare, but only as rare as the time is short.
   *
   * @param first texts at most
   */
  public async talk({ about, partner, from, to }: TalkWindow, first: number): Promise<TalkRow> {
    const start = new Date(from.getTime() - YEAR_MS);
    const window = [about, start, to, partner.toLowerCase()];
    const [counted]: { count: number; before: number }[] = await this.dataSource.query(
      `SELECT count(*) FILTER (WHERE written_at >= $5)::integer AS count,
         count(*) FILTER (WHERE written_at < $5)::integer AS before FROM (${ABOUT}) found`,
      [...window, from],
    );
    const { count = 0, before = 0 } = counted ?? {};
    const lengthMs = to.getTime() - from.getTime();
    const ids: { id: string }[] = await this.dataSource.query(
      `SELECT id FROM (${ABOUT}) found ORDER BY links DESC, written_at DESC, id LIMIT $5`,
      [about, from, to, partner.toLowerCase(), first],
    );
    const rows = new Map((await this.texts.byIds(ids.map(({ id }) => id))).map((row) => [row.id, row]));
    return {
      count,
      usual: (before * lengthMs) / YEAR_MS,
      pValue: binomialTail(count, count + before, lengthMs / (lengthMs + YEAR_MS)),
      texts: ids.flatMap(({ id }) => rows.get(id) ?? []),
    };
  }
}
