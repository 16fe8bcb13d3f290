import { productOf } from '@tallyhouse/supply-chain';
import type { AsOf, Queryable } from '../../trace/as-of.js';
import { isClass } from '../../trace/edge.js';
import type { ReportIdentity, ReportModel, ReportMoment } from './item-report.js';
import type { LifeEvent } from './timeline.reader.js';

/** What an item is, from its identifier, master data and the event that brought it into being. */
export async function identityOf(
  manager: Queryable,
  uri: string,
  life: readonly LifeEvent[],
): Promise<ReportIdentity> {
  const product = productOf(uri) ?? null;
  const [named]: { name: string; group: string }[] = await manager.query(
    'SELECT name, product_group AS "group" FROM product_class WHERE uri = $1',
    [product],
  );
  const made = life.find(
    ({ type, action, bizStep, through, body }) =>
      through === uri &&
      (type === 'TransformationEvent'
        ? [...(body.outputEPCList ?? []), ...(body.outputQuantityList ?? [])].length > 0
        : action === 'ADD' && bizStep === 'commissioning'),
  );
  const { ilmd } = made?.body ?? {};
  const certification: unknown = made?.body['certificationInfo'];
  return {
    kind: isClass(uri) ? 'LOT' : uri.includes('/00/') ? 'UNIT' : uri.includes('/21/') ? 'SERIAL' : 'OTHER',
    ...{ product, productName: named?.name ?? null, productGroup: named?.group ?? null },
    madeAt: made?.time.toISOString() ?? null,
    madeBy: made ? (made.partnerName ?? made.partner) : null,
    madePlace: made ? (made.locationName ?? made.location) : null,
    masterData: ilmd ?? {},
    certification: typeof certification === 'string' ? certification : null,
  };
}

/** The block up to which the document speaks. */
export async function momentOf(manager: Queryable, asOf: AsOf): Promise<ReportMoment> {
  const [head]: { chainId: number; block: string; hash: string; time: Date }[] = await manager.query(
    `SELECT chain_id AS "chainId", block_number::text AS block, block_hash AS hash, block_time AS time
     FROM chain_checkpoint ORDER BY chain_id LIMIT 1`,
  );
  const asked =
    asOf.kind === 'NOW'
      ? 'everything known'
      : asOf.kind === 'TIME'
        ? `captured by ${asOf.time.toISOString()}`
        : `anchored by block ${asOf.block}`;
  return {
    asked,
    ...{ chainId: head?.chainId ?? null, block: head?.block ?? null, blockHash: head?.hash ?? null },
    blockTime: head?.time.toISOString() ?? null,
  };
}

/** Rule sets by which the findings were made, and the one that runs, with the votes that decided them. */
export async function modelsOf(manager: Queryable, ruleSets: readonly string[]): Promise<ReportModel[]> {
  const [running]: { rule_set: string }[] = await manager.query('SELECT rule_set FROM audit_progress');
  const wanted = [...new Set([...(running ? [running.rule_set] : []), ...ruleSets])];
  const rows: (Omit<ReportModel, 'activatedAt'> & { activatedAt: Date | null })[] = await manager.query(
    `SELECT coalesce(v.family_name, 'audit rules') AS family, w.sha AS "artifactSha256", v.version_id AS "versionId",
       v.state, a.proposal_id::text AS "proposalId", a.block_time AS "activatedAt"
     FROM unnest($1::text[]) WITH ORDINALITY AS w (sha, ordinality)
     LEFT JOIN LATERAL (SELECT * FROM model_version_current v WHERE v.artifact_sha256 = w.sha LIMIT 1) v ON true
     LEFT JOIN LATERAL (SELECT * FROM model_activation a WHERE a.version_id = v.version_id
       ORDER BY a.block_number DESC, a.log_index DESC LIMIT 1) a ON true
     ORDER BY w.ordinality`,
    [wanted],
  );
  return rows.map((row) => ({ ...row, activatedAt: row.activatedAt?.toISOString() ?? null }));
}
