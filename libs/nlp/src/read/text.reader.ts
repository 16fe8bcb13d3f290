import { Injectable } from '@nestjs/common';
import { decodeCursor, pageOf, type Page } from '@tallyhouse/database';
import { exactTime, isUuid, timeAndId, type PageRequest } from '@tallyhouse/supply-chain';
import { DataSource } from 'typeorm';
import { recallCriteriaOf, type RecallCriteria } from '../entities/recall-criteria.js';
import { conditionOf, type TextFilter } from '../search/text-filter.js';
import type { TextEntityRow, TextLinkRow, TextRow, TextTopicRow } from './text.rows.js';

const COLUMNS = `t.id, t.partner, t.kind, t.source, t.reference, t.title, t.body, t.language, t.written_at AS "writtenAt",
  t.record_time AS "recordTime", '0x' || encode(t.text_sha256, 'hex') AS "textSha256",
  '0x' || encode(t.record_sha256, 'hex') AS "recordSha256", t.masked, t.duplicate_of AS "duplicateOf",
  t.analysed_at IS NOT NULL AS analysed`;

/** Reads texts and what they name, newest first. */
@Injectable()
export class TextReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * One page of texts.
   *
   * @throws InvalidCursorError when `after` is not a cursor of this list
   */
  public async list(filter: TextFilter, page: PageRequest): Promise<Page<TextRow>> {
    const condition = conditionOf(filter);
    const values: unknown[] = [...condition.values];
    let where = condition.sql(1);
    if (page.after) {
      const { time, id } = timeAndId(decodeCursor(page.after, 2));
      where += ` AND (t.written_at, t.id) < ($${values.push(time)}::timestamptz, $${values.push(id)}::uuid)`;
    }
    const rows: (TextRow & { position: string })[] = await this.dataSource.query(
      `SELECT ${COLUMNS}, ${exactTime('t.written_at')} AS position FROM text t WHERE ${where}
       ORDER BY t.written_at DESC, t.id DESC LIMIT ${page.first + 1}`,
      values,
    );
    return pageOf(rows, page.first, (row) => [row.position, row.id]);
  }

  /** Texts by id, in no order; ids that nobody has are left out. */
  public async byIds(ids: readonly string[]): Promise<TextRow[]> {
    return this.dataSource.query(`SELECT ${COLUMNS} FROM text t WHERE t.id = ANY($1::uuid[])`, [
      ids.filter(isUuid),
    ]);
  }

  /** Entities of several texts, in the order of each text. */
  public async entities(textIds: readonly string[]): Promise<TextEntityRow[]> {
    return this.dataSource.query(
      `SELECT text_id AS "textId", type, field, start_at AS start, end_at AS end, surface, value, confidence, uri,
         uri_confidence AS "uriConfidence"
       FROM text_entity WHERE text_id = ANY($1::uuid[]) ORDER BY text_id, ordinal`,
      [textIds.filter(isUuid)],
    );
  }

  /** What several texts are about, the surest first. */
  public async links(textIds: readonly string[]): Promise<TextLinkRow[]> {
    return this.dataSource.query(
      `SELECT text_id AS "textId", role, uri, origin, confidence FROM text_link WHERE text_id = ANY($1::uuid[])
       ORDER BY text_id, confidence DESC, role, uri`,
      [textIds.filter(isUuid)],
    );
  }

  /** Topic of each text that has one in the newest run. */
  public async topics(textIds: readonly string[]): Promise<TextTopicRow[]> {
    return this.dataSource.query(
      `SELECT m.text_id AS "textId", m.number, p.name, m.similarity FROM text_topic_member m
       JOIN text_topic p ON p.run_id = m.run_id AND p.number = m.number
       WHERE m.run_id = (SELECT max(id) FROM text_topic_run) AND m.text_id = ANY($1::uuid[])`,
      [textIds.filter(isUuid)],
    );
  }

  /** Criteria of a recall from a text that was analysed; undefined when there is no such text. */
  public async recallCriteria(textId: string): Promise<RecallCriteria | undefined> {
    const [text] = await this.byIds([textId]);
    return text?.analysed ? recallCriteriaOf(await this.entities([textId])) : undefined;
  }
}
