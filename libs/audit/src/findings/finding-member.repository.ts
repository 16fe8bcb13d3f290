import type { EntityManager } from 'typeorm';
import { findingOfCause, MOST_SHOWN, type CauseMember } from '../engine/causes.js';
import type { ActiveFinding } from '../engine/finding-register.js';
import type { RuleId } from '../engine/rule.js';

interface GroupRow {
  readonly rule: RuleId;
  readonly cause: string;
  readonly key: string;
  readonly many: string;
  readonly count: number;
  readonly shown: readonly (Omit<CauseMember, 'at'> & { readonly at: string })[];
}

/** What stands for causes that some subjects had or have a part in. */
export interface CausesTouched {
  /** Subjects of the findings, one a cause. */
  readonly subjects: readonly string[];
  readonly findings: readonly ActiveFinding[];
}

/** Replaces the part that subjects have in causes. @returns every finding of the causes that this touched */
export async function replaceMembers(
  manager: EntityManager,
  subjects: readonly string[],
  found: readonly ActiveFinding[],
): Promise<CausesTouched> {
  const left = (await manager.query(
    `WITH gone AS (DELETE FROM finding_member WHERE subject = ANY($1::text[]) RETURNING cause)
     SELECT DISTINCT cause FROM gone`,
    [subjects],
  )) as { cause: string }[];
  const rows = found.flatMap(({ rule, subject, at, evidence, explanation, cause }) =>
    cause
      ? [
          {
            ...{ rule, subject, cause: cause.subject, key: cause.key, many: cause.many, explanation },
            ...{ happened: new Date(at).toISOString(), evidence: evidence.slice(0, 1) },
          },
        ]
      : [],
  );
  const causes = [...new Set([...left, ...rows].map(({ cause }) => cause))];
  if (rows.length > 0)
    await manager.query(
      `INSERT INTO finding_member (rule, subject, cause, violation_key, many, happened_at, evidence, explanation)
       SELECT rule, subject, cause, key, many, happened, evidence, explanation
       FROM jsonb_to_recordset($1::jsonb) AS i (rule text, subject text, cause text, key text, many text,
         happened timestamptz, evidence uuid[], explanation text) ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows)],
    );
  if (causes.length === 0) return { subjects: [], findings: [] };
  const groups: GroupRow[] = await manager.query(GROUPS, [causes]);
  const findings = groups.map(({ rule, cause, key, many, count, shown }) =>
    findingOfCause(
      rule,
      { subject: cause, key, many },
      shown.map((member) => ({ ...member, at: Date.parse(member.at) })),
      count,
    ),
  );
  return { subjects: causes, findings };
}

const GROUPS = `
  SELECT rule, cause, violation_key AS key, min(many) AS many, max(total)::integer AS count,
    json_agg(json_build_object('subject', subject, 'at', happened_at, 'evidence', evidence, 'explanation', explanation)
      ORDER BY happened_at, subject COLLATE "C") AS shown
  FROM (
    SELECT m.*, row_number() OVER w AS place, count(*) OVER (PARTITION BY rule, cause, violation_key) AS total
    FROM finding_member m WHERE cause = ANY($1::text[])
    WINDOW w AS (PARTITION BY rule, cause, violation_key ORDER BY happened_at, subject COLLATE "C")
  ) member WHERE place <= ${MOST_SHOWN} GROUP BY rule, cause, violation_key`;
