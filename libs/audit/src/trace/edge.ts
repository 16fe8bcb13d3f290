import { normalizeIdentifier, parseIdentifier, type EpcisEvent } from '@tallyhouse/epcis';
import { itemsOf, type ItemMention, type ItemRole } from '@tallyhouse/supply-chain';

/** How two nodes hang together: contained in, attached to, used in, made by, member of, left a site, sent to it, came to it. */
export const EDGE_KINDS = [
  'AGGREGATION',
  'ASSOCIATION',
  'INPUT',
  'OUTPUT',
  'LOT',
  'DEPARTURE',
  'DESTINATION',
  'ARRIVAL',
] as const;
export type EdgeKind = (typeof EDGE_KINDS)[number];

/**
 * What an event says of two nodes. From child to parent, from input over the transformation to output, from lot to
 * serial, from site to item and from item to site: along the way that goods take.
 */
export interface EdgeStatement {
  readonly kind: EdgeKind;
  readonly action: 'ADD' | 'OBSERVE' | 'DELETE';
  /** {@link EVERYTHING} where a container is emptied without naming what was in it. */
  readonly source: string;
  readonly target: string;
  /** Whether the moved end is known by its class alone, so that it may be in several places at once. */
  readonly byClass: boolean;
  readonly quantity: number | undefined;
  /** UN/ECE Recommendation 20; pieces when absent. */
  readonly uom: string | undefined;
}

/** Stands for all children of a container (EPCIS 2.0 §7.4.3: a DELETE that names none). */
export const EVERYTHING = '*';

/**
 * Everything that an event says of how items, lots, containers and sites hang together. An event that declares another
 * one wrong repeats it and so says nothing itself.
 *
 * @param id of the event, for the node of a transformation without a transformationID
 */
export function edgesOf(id: string, event: EpcisEvent): EdgeStatement[] {
  if (event.errorDeclaration) return [];
  const items = itemsOf(event);
  const edges = [...structureOf(id, event, items), ...lotsOf(event, items), ...movesOf(event, items)];
  return merged(edges);
}

function structureOf(id: string, event: EpcisEvent, items: readonly ItemMention[]): EdgeStatement[] {
  const withRole = (role: ItemRole) => items.filter((item) => item.role === role);
  if (event.type === 'TransformationEvent') {
    const node = event.transformationID ? normalizeIdentifier(event.transformationID) : `urn:uuid:${id}`;
    return [
      ...withRole('INPUT').map((item) => statement('INPUT', 'OBSERVE', item.uri, node, item)),
      ...withRole('OUTPUT').map((item) => statement('OUTPUT', 'OBSERVE', node, item.uri, item)),
    ];
  }
  if (event.type !== 'AggregationEvent' && event.type !== 'AssociationEvent') return [];
  const [parent] = withRole('PARENT');
  if (!parent) return [];
  const kind = event.type === 'AggregationEvent' ? 'AGGREGATION' : 'ASSOCIATION';
  const action = event.action ?? 'OBSERVE';
  const children = withRole('CHILD');
  if (children.length === 0 && action === 'DELETE') return [everything(kind, parent.uri)];
  return children.map((child) => statement(kind, action, child.uri, parent.uri, child));
}

function lotsOf(event: EpcisEvent, items: readonly ItemMention[]): EdgeStatement[] {
  const lot = lotNumberOf(event);
  const begins = event.type === 'TransformationEvent' || event.action === 'ADD';
  if (lot === undefined || !begins) return [];
  return items.flatMap((item) => {
    const isNew = item.role === 'OUTPUT' || (item.role === 'EPC' && event.type === 'ObjectEvent');
    const key = isNew ? parseIdentifier(item.uri) : undefined;
    if (key?.ai !== '01' || key.qualifier?.ai !== '21') return [];
    const uri = normalizeIdentifier(`https://id.gs1.org/01/${key.value}/10/${encodeURIComponent(lot)}`);
    return [statement('LOT', 'OBSERVE', uri, item.uri, item)];
  });
}

const LOT_NUMBER = /(?:^cbvmda:|^urn:epcglobal:cbv:mda#|^https:\/\/ref\.gs1\.org\/cbv\/)lotNumber$/;

function lotNumberOf({ ilmd }: EpcisEvent): string | undefined {
  const entry = Object.entries(ilmd ?? {}).find(([name]) => LOT_NUMBER.test(name));
  return typeof entry?.[1] === 'string' && entry[1] !== '' ? entry[1] : undefined;
}

/** Goods leave with shipping and departing, and come with receiving and arriving; only those steps change the place. */
function movesOf(event: EpcisEvent, items: readonly ItemMention[]): EdgeStatement[] {
  const step = event.bizStep?.replace(
    /^https:\/\/ref\.gs1\.org\/cbv\/BizStep-|^urn:epcglobal:cbv:bizstep:/,
    '',
  );
  const moved = items.filter(({ role }) => role === 'EPC' || role === 'PARENT');
  const here = event.bizLocation?.id ?? event.readPoint?.id;
  const site = here === undefined ? undefined : normalizeIdentifier(here);
  if (step === 'receiving' || step === 'arriving')
    return moved.flatMap((item) => (site ? [statement('ARRIVAL', 'OBSERVE', item.uri, site, item)] : []));
  if (step !== 'shipping' && step !== 'departing') return [];
  const location = event.destinationList?.find(({ type }) => /(^|[-:])location$/.test(type))?.destination;
  return moved.flatMap((item) => [
    ...(site ? [statement('DEPARTURE', 'OBSERVE', site, item.uri, item)] : []),
    ...(location ? [statement('DESTINATION', 'OBSERVE', item.uri, normalizeIdentifier(location), item)] : []),
  ]);
}

/** Whether an identifier names a class or a lot rather than one thing. */
export function isClass(uri: string): boolean {
  const key = parseIdentifier(uri);
  return (
    (key?.ai === '01' || key?.ai === '8006') && key.qualifier?.ai !== '21' && key.qualifier?.ai !== '235'
  );
}

function statement(
  kind: EdgeKind,
  action: EdgeStatement['action'],
  source: string,
  target: string,
  { uri, quantity, uom }: ItemMention,
): EdgeStatement {
  return { kind, action, source, target, byClass: quantity !== undefined || isClass(uri), quantity, uom };
}

function everything(kind: EdgeKind, container: string): EdgeStatement {
  const amount = { quantity: undefined, uom: undefined };
  return { kind, action: 'DELETE', source: EVERYTHING, target: container, byClass: false, ...amount };
}

/** One statement for two nodes; a lot that an event names twice in one unit is there in the sum of both. */
function merged(edges: readonly EdgeStatement[]): EdgeStatement[] {
  const found = new Map<string, EdgeStatement>();
  for (const edge of edges) {
    if (edge.source === edge.target) continue;
    const key = JSON.stringify([edge.kind, edge.source, edge.target, edge.uom]);
    const before = found.get(key);
    const quantity =
      before?.quantity === undefined || edge.quantity === undefined
        ? edge.quantity
        : before.quantity + edge.quantity;
    found.set(key, { ...edge, quantity });
  }
  return [...found.values()];
}
