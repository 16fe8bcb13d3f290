import { normalizeIdentifier } from '@tallyhouse/epcis';
import type { EntityManager } from 'typeorm';
import type { Entity } from './entity.js';
import type { LinkedEntity } from './recall-criteria.js';

/** Entities of one text with the products that its sender named. */
export interface EntitiesOfText {
  readonly entities: readonly Entity[];
  readonly products: readonly string[];
}

interface Known {
  readonly uri: string;
  readonly confidence: number;
}

type Names = ReadonlyMap<string, Known>;

/** Trigram similarity from which on two names may be one. */
const LEAST_SIMILARITY = 0.45;
const LEGAL_FORM =
  /[,.]? (?:inc|incorporated|llc|ltd|limited|corp|corporation|company|co|gmbh|ag|plc|bv|sa|srl)\.?$/i;

/**
 * Looks up what entities name in the index: product classes, lots, items and logistic units by identifier, sites and
 * partners by identifier or by name (pg_trgm). `uriConfidence` is the entity's confidence times that of the match.
 */
export async function linkEntities(
  manager: EntityManager,
  texts: readonly EntitiesOfText[],
): Promise<LinkedEntity[][]> {
  const names = await knownNames(manager, texts);
  const first = texts.map(({ entities }) => entities.map((entity) => candidateOf(entity, names)));
  const candidates = texts.flatMap((text, index) => [
    ...first[index]!.flatMap((link) => (link ? [link.uri] : [])),
    ...lotsAndItems(text, first[index]!).map(({ uri }) => uri),
  ]);
  const present = await inIndex(manager, candidates);
  return texts.map((text, index) => {
    const items = new Map(lotsAndItems(text, first[index]!).map(({ uri, entity }) => [uri, entity]));
    const itemOf = new Map(
      [...items].filter(([uri]) => present.has(uri)).map(([uri, entity]) => [entity, uri]),
    );
    return text.entities.map((entity, at) => linked(entity, first[index]![at], itemOf.get(entity), present));
  });
}

/** A check digit that is right names a product even before any event does; the index knowing it makes it sure. */
function linked(
  entity: Entity,
  candidate: Known | undefined,
  item: string | undefined,
  present: ReadonlySet<string>,
): LinkedEntity {
  if (item) return { ...entity, uri: item, uriConfidence: entity.confidence };
  if (!candidate) return { ...entity, uri: null, uriConfidence: null };
  const byIdentifier = /\/0[01]\/\d+$/.test(candidate.uri);
  const factor = byIdentifier && !present.has(candidate.uri) ? 0.5 : candidate.confidence;
  return { ...entity, uri: candidate.uri, uriConfidence: entity.confidence * factor };
}

function candidateOf(entity: Entity, names: Names): Known | undefined {
  const { type, value } = entity;
  if (type === 'GTIN' && value.length === 14) return { uri: `https://id.gs1.org/01/${value}`, confidence: 1 };
  if (type === 'SSCC' && value.length === 18) return { uri: `https://id.gs1.org/00/${value}`, confidence: 1 };
  return names.get(`${type} ${value}`);
}

/** Lots and serials under every product of the text. */
function lotsAndItems(
  text: EntitiesOfText,
  links: readonly (Known | undefined)[],
): { uri: string; entity: Entity }[] {
  const products = new Set([
    ...text.products,
    ...links.flatMap((link) => (link && /\/01\/\d{14}$/.test(link.uri) ? [link.uri] : [])),
  ]);
  return text.entities.flatMap((entity) => {
    if (entity.type !== 'LOT' && entity.type !== 'SERIAL') return [];
    const qualifier = entity.type === 'LOT' ? '10' : '21';
    const forms = [...new Set([entity.value, entity.surface])].filter((form) => /^[!-~]{1,20}$/.test(form));
    return [...products].flatMap((product) =>
      forms.map((form) => ({
        uri: normalizeIdentifier(`${product}/${qualifier}/${encodeURIComponent(form)}`),
        entity,
      })),
    );
  });
}

async function inIndex(manager: EntityManager, uris: readonly string[]): Promise<ReadonlySet<string>> {
  if (uris.length === 0) return new Set();
  const rows: { uri: string }[] = await manager.query(
    `SELECT uri FROM unnest($1::text[]) candidate (uri)
     WHERE EXISTS (SELECT FROM event_item i WHERE i.uri = candidate.uri)
       OR EXISTS (SELECT FROM event_item i WHERE i.product = candidate.uri)
       OR EXISTS (SELECT FROM product_class p WHERE p.uri = candidate.uri)`,
    [[...new Set(uris)]],
  );
  return new Set(rows.map(({ uri }) => uri));
}

async function knownNames(manager: EntityManager, texts: readonly EntitiesOfText[]): Promise<Names> {
  const wanted = new Map<string, { type: string; name: string }>();
  for (const { type, value } of texts.flatMap(({ entities }) => entities)) {
    if (['FIRM', 'GLN', 'PLACE', 'PRODUCT', 'SITE'].includes(type)) {
      wanted.set(`${type} ${value}`, { type, name: value.replace(LEGAL_FORM, '') });
    }
  }
  if (wanted.size === 0) return new Map();
  const rows: { key: string; uri: string; confidence: number }[] = await manager.query(BY_NAME, [
    [...wanted.keys()],
    [...wanted.values()].map(({ type }) => type),
    [...wanted.values()].map(({ name }) => name),
    LEAST_SIMILARITY,
  ]);
  return new Map(rows.map(({ key, uri, confidence }) => [key, { uri, confidence }]));
}

/** The most alike name of the kind that the entity is; partners are addressed by their account. */
const BY_NAME = `
  SELECT wanted.key, best.uri, best.confidence
  FROM unnest($1::text[], $2::text[], $3::text[]) wanted (key, type, name)
  CROSS JOIN LATERAL (
    SELECT uri, confidence FROM (
      SELECT p.uri, similarity(lower(p.name), wanted.name) AS confidence FROM product_class p WHERE wanted.type = 'PRODUCT'
      UNION ALL
      SELECT s.uri, similarity(lower(s.name), wanted.name) FROM site s WHERE wanted.type IN ('PLACE', 'SITE')
      UNION ALL
      SELECT s.uri, 1 FROM site s WHERE wanted.type = 'GLN' AND s.uri = 'https://id.gs1.org/414/' || wanted.name
      UNION ALL
      SELECT p.partner, similarity(lower(p.name), wanted.name) FROM partner_current p WHERE wanted.type = 'FIRM'
      UNION ALL
      SELECT p.partner, 0.99 FROM partner_current p WHERE wanted.type = 'GLN' AND p.gln = wanted.name
    ) named WHERE confidence >= $4 ORDER BY confidence DESC, uri LIMIT 1
  ) best`;
