import type { DataSource } from 'typeorm';

const OURS = `n.nspname IN ('public', 'home_chain')`;
const RIGHTS = (acl: string): string =>
  `coalesce((SELECT string_agg(one::text, ' ' ORDER BY one::text) FROM unnest(${acl}) one), '')`;

/** Without a list of its own a thing has the rights that its kind begins with. */
const OF_RELATION = RIGHTS(
  `coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner))`,
);
const OF_FUNCTION = RIGHTS(`coalesce(p.proacl, acldefault('f', p.proowner))`);

/** Everything that a migration can make, a line each: what two databases differ in is what these lines differ in. */
const LINES = `
  SELECT format('%s %s rows=%s/%s %s %s [%s] %s', c.relkind, c.oid::regclass, c.relrowsecurity, c.relforcerowsecurity,
      c.reloptions, pg_get_expr(c.relpartbound, c.oid), ${OF_RELATION}, obj_description(c.oid, 'pg_class')) AS line
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OURS} AND c.relkind IN ('r', 'p', 'v', 'S')
  UNION ALL
  SELECT format('column %s %s %s %s not null=%s %s %s %s %s [%s] %s', a.attrelid::regclass,
      row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum), a.attname, format_type(a.atttypid, a.atttypmod),
      a.attnotnull, a.attidentity, a.attgenerated, a.attcollation::regcollation, pg_get_expr(d.adbin, d.adrelid),
      ${RIGHTS('a.attacl')}, col_description(a.attrelid, a.attnum))
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE ${OURS} AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT format('constraint %s %s %s', o.conrelid::regclass, o.conname, pg_get_constraintdef(o.oid))
    FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace WHERE ${OURS}
  UNION ALL
  SELECT pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OURS}
  UNION ALL
  SELECT pg_get_triggerdef(t.oid)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OURS} AND NOT t.tgisinternal
  UNION ALL
  SELECT pg_get_functiondef(p.oid) || ${OF_FUNCTION}
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OURS} AND p.prokind IN ('f', 'p')
      AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = p.oid AND e.deptype = 'e')
  UNION ALL
  SELECT format('view %s %s', c.oid::regclass, pg_get_viewdef(c.oid))
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OURS} AND c.relkind = 'v'
  UNION ALL
  SELECT format('policy %s %s %s %s %s %s %s %s', schemaname, tablename, policyname, permissive, roles, cmd, qual, with_check)
    FROM pg_policies WHERE schemaname IN ('public', 'home_chain')
  ORDER BY line`;

/** What there is in a database, a line a thing, sorted. */
export async function schemaOf(source: DataSource): Promise<string[]> {
  const rows: { line: string }[] = await source.query(LINES);
  return rows.map(({ line }) => line);
}
