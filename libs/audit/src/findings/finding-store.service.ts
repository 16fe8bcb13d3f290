import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { notify } from '@tallyhouse/database';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditError } from '../audit.errors.js';
import type { ActiveFinding } from '../engine/finding-register.js';
import type { RuleSet } from '../engine/rule-set.js';
import { FindingReader } from './finding.reader.js';
import { replaceMembers } from './finding-member.repository.js';
import type { FindingChangeKind, FindingJudgement, FindingRow, FindingState } from './finding.rows.js';

const MOST_TEXT = 4_000;

/** Where a change was made. */
export interface Moment {
  readonly block: string;
  readonly at: Date;
}

/** A finding that stands in the database. */
interface Standing {
  readonly id: string;
  readonly rule: string;
  readonly subject: string;
  readonly key: string;
  readonly state: FindingState;
  readonly evidence: readonly string[];
  readonly explanation: string;
  readonly assignee: string | null;
  readonly comment: string | null;
  readonly resolution: string | null;
}

interface Entry {
  readonly finding: ActiveFinding;
  readonly kind: FindingChangeKind;
  readonly state: FindingState;
  readonly before: Standing | undefined;
}

/** Id of a finding: the first 128 bits of SHA-256 over rule, subject and key, so that a rebuilt audit gives the same. */
export function findingId({ rule, subject, key }: Pick<ActiveFinding, 'rule' | 'subject' | 'key'>): string {
  const bytes = createHash('sha256').update(`${rule}|${subject}|${key}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Keeps findings and everything that happens to them: nothing is overwritten, each change is a row. */
@Injectable()
export class FindingStore {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly reader: FindingReader,
  ) {}

  /**
   * Replaces what was found on the judged subjects: new findings are raised, changed ones noted, gone ones withdrawn. A
   * finding that was withdrawn or resolved and is found again on other evidence is reopened.
   *
   * @returns how many were raised or reopened
   */
  public async settle(
    manager: EntityManager,
    subjects: readonly string[],
    found: readonly ActiveFinding[],
    ruleSet: RuleSet,
    moment: Moment,
  ): Promise<number> {
    const causes = await replaceMembers(manager, subjects, found);
    const standing = await this.standingOf(manager, [...subjects, ...causes.subjects]);
    const single = found.filter(({ cause }) => cause === undefined);
    const entries = entriesOf(standing, [...single, ...causes.findings]);
    if (entries.length === 0) return 0;
    await insert(manager, entries, ruleSet, moment);
    const raised = entries.filter(({ kind }) => kind === 'RAISED' || kind === 'REOPENED');
    for (const { finding } of raised.slice(0, 100))
      await notify(manager, 'tallyhouse_finding', { findingId: findingId(finding), rule: finding.rule });
    return raised.length;
  }

  /**
   * Notes what a person decided.
   *
   * @throws AuditError `FINDING_UNKNOWN`, or `FINDING_STATE` where the decision does not fit the state
   */
  public async judge(id: string, judgement: FindingJudgement, actor: string, at: Date): Promise<FindingRow> {
    const before = await this.reader.find(id);
    if (!before) throw new AuditError('FINDING_UNKNOWN', `finding ${id}: not known; list them with findings`);
    if (before.state === 'WITHDRAWN')
      throw new AuditError(
        'FINDING_STATE',
        `finding ${id} was withdrawn by later events; there is nothing to decide`,
      );
    const state = judgement.state ?? before.state;
    const next = { ...before, ...textsOf(judgement), state };
    if (state === 'RESOLVED' && !next.resolution)
      throw new AuditError(
        'FINDING_STATE',
        'resolution: say how it was resolved, or choose DISMISSED with a comment',
      );
    await this.dataSource.query(
      `INSERT INTO finding_change (finding_id, kind, as_of_block, changed_at, actor, state, severity, evidence,
         explanation, rule_set, assignee, comment, resolution)
       SELECT $1, 'JUDGED', coalesce((SELECT max(block_number) FROM chain_checkpoint), 0), $2, $3, $4, severity, evidence,
         explanation, rule_set, $5, $6, $7
       FROM finding_change WHERE finding_id = $1 ORDER BY seq DESC LIMIT 1`,
      [id, at, actor, state, next.assignee, next.comment, next.resolution],
    );
    return (await this.reader.find(id)) as FindingRow;
  }

  /** Evidence of the findings that stand against items, by rules of the given ids. */
  public async flags(uris: readonly string[], rules: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await this.standingOf(this.dataSource.manager, uris);
    const flags = new Map<string, string[]>();
    for (const { subject, rule, evidence, state } of rows)
      if (state !== 'WITHDRAWN' && rules.includes(rule))
        flags.set(subject, [...(flags.get(subject) ?? []), ...evidence]);
    return flags;
  }

  private standingOf(
    manager: Pick<EntityManager, 'query'>,
    subjects: readonly string[],
  ): Promise<Standing[]> {
    return manager.query(
      `SELECT f.id, f.rule, f.subject, f.violation_key AS key, c.state, c.evidence::text[] AS evidence, c.explanation,
         c.assignee, c.comment, c.resolution
       FROM finding f JOIN LATERAL (
         SELECT * FROM finding_change x WHERE x.finding_id = f.id ORDER BY x.seq DESC LIMIT 1) c ON true
       WHERE f.subject = ANY($1::text[])`,
      [subjects],
    );
  }
}

function entriesOf(standing: readonly Standing[], found: readonly ActiveFinding[]): Entry[] {
  const before = new Map(standing.map((each) => [each.id, each]));
  const entries: Entry[] = [];
  for (const finding of found) {
    const known = before.get(findingId(finding));
    before.delete(findingId(finding));
    const same =
      known?.explanation === finding.explanation && known.evidence.join() === finding.evidence.join();
    if (!known) entries.push({ finding, kind: 'RAISED', state: 'OPEN', before: known });
    else if (known.state === 'WITHDRAWN')
      entries.push({ finding, kind: 'REOPENED', state: 'OPEN', before: known });
    else if (!same && known.state === 'RESOLVED')
      entries.push({ finding, kind: 'REOPENED', state: 'OPEN', before: known });
    else if (!same) entries.push({ finding, kind: 'CHANGED', state: known.state, before: known });
  }
  for (const known of before.values()) {
    if (known.state === 'WITHDRAWN') continue;
    const finding = { ...known, at: 0 } as unknown as ActiveFinding;
    entries.push({ finding, kind: 'WITHDRAWN', state: 'WITHDRAWN', before: known });
  }
  return entries;
}

async function insert(
  manager: EntityManager,
  entries: readonly Entry[],
  ruleSet: RuleSet,
  { block, at }: Moment,
): Promise<void> {
  const { version } = ruleSet;
  const rows = entries.map(({ finding, kind, state, before }) => ({
    ...{
      id: findingId(finding),
      rule: finding.rule,
      subject: finding.subject,
      key: finding.key,
      kind,
      state,
    },
    ...{ happened: new Date(finding.at).toISOString(), severity: ruleSet.severityOf(finding.rule) },
    ...{ evidence: finding.evidence, explanation: finding.explanation },
    ...{
      assignee: before?.assignee ?? null,
      comment: before?.comment ?? null,
      resolution: before?.resolution ?? null,
    },
  }));
  await manager.query(
    `WITH input AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS i (id uuid, rule text, subject text, key text, kind text, state text,
         happened timestamptz, severity text, evidence uuid[], explanation text, assignee text, comment text,
         resolution text)),
     stored AS (
       INSERT INTO finding (id, rule, subject, violation_key, happened_at)
       SELECT id, rule, subject, key, happened FROM input WHERE kind = 'RAISED' ON CONFLICT DO NOTHING RETURNING id)
     INSERT INTO finding_change (finding_id, kind, as_of_block, changed_at, state, severity, evidence, explanation,
       rule_set, assignee, comment, resolution)
     SELECT id, kind, $2::numeric, $3::timestamptz, state, severity, evidence, explanation, $4, assignee, comment, resolution
     FROM input WHERE (SELECT count(*) FROM stored) >= 0`,
    [JSON.stringify(rows), block, at, version],
  );
}

function textsOf({ assignee, comment, resolution }: FindingJudgement): Partial<FindingJudgement> {
  const texts = Object.entries({ assignee, comment, resolution }).filter(([, text]) => text !== undefined);
  for (const [name, text] of texts)
    if (text && text.length > MOST_TEXT)
      throw new AuditError('FINDING_STATE', `${name}: at most ${MOST_TEXT} characters`);
  return Object.fromEntries(texts);
}
