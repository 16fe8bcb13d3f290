import { identifierPath, itemPath } from '../../format/names.js';
import { dateOnly } from '../../format/times.js';
import type { Grant, GrantKind } from '../../network/sharing-types.js';

/** What can be granted, from little to all, with what it opens. */
export const KINDS: readonly (readonly [GrantKind, said: string, opens: string])[] = [
  ['ITEM', 'An item, lot or container', 'Events that name it.'],
  ['PRODUCT', 'A product', 'Events that name any piece or lot of it.'],
  ['SITE', 'A place', 'Events that happened there.'],
  ['EVENTS', 'All events', 'All your events, and those that you send later.'],
  ['EVERYTHING', 'Everything', 'Events, documents, texts, master data, series, and what was found in them.'],
];

/** Fields of EPCIS that are granted most often, in the reader's words. */
export const FIELDS = [
  ['eventTime', 'When'],
  ['eventTimeZoneOffset', 'Time zone'],
  ['bizStep', 'Step'],
  ['disposition', 'Condition'],
  ['readPoint', 'Where it was read'],
  ['bizLocation', 'Where it is afterwards'],
  ['epcList', 'Pieces'],
  ['quantityList', 'Lots and amounts'],
  ['parentID', 'Container'],
  ['childEPCs', 'Pieces inside'],
  ['childQuantityList', 'Lots inside'],
  ['bizTransactionList', 'Orders and papers'],
  ['sourceList', 'From whom'],
  ['destinationList', 'To whom'],
  ['sensorElementList', 'Measurements'],
  ['ilmd', 'Origin and dates of the lot'],
] as const;

interface Standing {
  value: string;
  tone: string;
  isLive: boolean;
}

/** Where a grant stands, with a word and a tone for its mark. */
export function grantStanding(grant: Grant, nowMs: number): Standing {
  if (grant.revokedAt !== null) return { value: 'Ended', tone: 'bad', isLive: false };
  if (grant.expiresAt !== null && Date.parse(grant.expiresAt) <= nowMs)
    return { value: 'Ran out', tone: 'plain', isLive: false };
  return { value: 'In force', tone: 'good', isLive: true };
}

/** What a grant is of: `A product /01/09521141012345`. */
export function grantedThing({ kind, resource }: Pick<Grant, 'kind' | 'resource'>): string {
  const said = KINDS.find(([one]) => one === kind)?.[1] ?? kind;
  return resource === null ? said : `${said} ${identifierPath(resource)}`;
}

/** Which part of it: the days of the events, the fields, and whether it follows custody. */
export function grantedPart({ eventFrom, eventTo, fields, followsCustody }: Grant): string {
  const days = [
    eventFrom === null ? '' : `from ${dateOnly(eventFrom, 'UTC')}`,
    eventTo === null ? '' : `before ${dateOnly(eventTo, 'UTC')}`,
  ].filter((one) => one !== '');
  return [
    fields === null ? 'whole rows' : `only ${fields.map(fieldWord).join(', ')}`,
    ...(days.length > 0 ? [`events ${days.join(' and ')}`] : []),
    ...(followsCustody ? ['goes on to who takes custody'] : []),
  ].join('; ');
}

/** The page that shows what a grant opens; null where only certain fields of events came along. */
export function grantedPlace({ kind, resource, owner, fields }: Grant): string | null {
  if (fields !== null) return null;
  const search = new URLSearchParams({ partner: owner });
  if (kind === 'ITEM') return itemPath(resource!);
  if (kind === 'SITE') search.set('location', resource!);
  return `/events?${search}`;
}

function fieldWord(field: string): string {
  const known = FIELDS.find(([name]) => name === field);
  return known ? known[1].toLowerCase() : field;
}
