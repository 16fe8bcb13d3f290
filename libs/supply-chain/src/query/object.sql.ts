import type { Bind } from './bind.js';
import type { Criterion } from './criterion.js';
import { LIST_CONDITION, ROLE } from './list-condition.sql.js';
import { anyOf, foundFirst, lookedAt } from './mentioned.sql.js';

type Objects = Criterion & { kind: 'object' };

/** The index finds events that name the objects; which list names them is then looked at in each of these alone. */
export function objectCondition(criterion: Objects, bind: Bind): string {
  const { uris, patterns, lists } = criterion;
  const byUri = uris.length > 0 ? [anyOf('m.uri', uris, bind)] : [];
  const byPattern =
    patterns.length > 0 ? [`m.uri ~ ${bind(patterns.map(({ expression }) => expression).join('|'))}`] : [];
  const inList = lists.map((list) => LIST_CONDITION[list]).join(' OR ');
  const exact = `(${[...byUri, ...byPattern].join(' OR ')}) AND (${inList})`;
  return `${foundCondition(criterion, bind)} AND ${lookedAt('event_item', exact)}`;
}

/** SQL for: a mention `m` is of one of the objects, or begins as those of a pattern do. */
export function candidateCondition({ uris, patterns }: Objects, bind: Bind): string {
  const byUri = uris.length > 0 ? [anyOf('m.uri', uris, bind)] : [];
  const prefixes = [...new Set(patterns.flatMap((pattern) => pattern.prefixes))];
  const byPrefix = prefixes.map((prefix) => begins('m.uri', prefix, bind));
  return `(${[...byUri, ...byPrefix].join(' OR ')})`;
}

function foundCondition(criterion: Objects, bind: Bind): string {
  if (criterion.events) return `e.id = ANY(${bind(criterion.events)}::uuid[])`;
  const roles = [...new Set(criterion.lists.map((list) => ROLE[list]))];
  const candidate = `${candidateCondition(criterion, bind)} AND m.role IN ('${roles.join(`', '`)}')`;
  if (criterion.patterns.length === 0) return foundFirst('event_item', candidate);
  return `(e.event_time, e.id) IN (SELECT m.event_time, m.event_id FROM event_item m WHERE ${candidate})`;
}

/** A column compared byte by byte that begins with a text of ASCII; said as a span, which an index can follow. */
function begins(column: string, prefix: string, bind: Bind): string {
  const last = prefix.length - 1;
  const beyond = prefix.slice(0, last) + String.fromCharCode(prefix.charCodeAt(last) + 1);
  return `(${column} >= ${bind(prefix)} AND ${column} < ${bind(beyond)})`;
}
