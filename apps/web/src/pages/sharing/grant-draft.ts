import type { GrantKind } from '../../network/sharing-types.js';
import { resourceFault } from './named-resource.js';

/** A grant as it stands in the form; dates are whole days in UTC. */
export interface GrantDraft {
  grantee: string;
  kind: GrantKind;
  resource: string;
  /** First and last day of the events; empty without a bound. */
  from: string;
  to: string;
  /** `whole` events, or `some` fields of them. */
  extent: 'whole' | 'some';
  fields: readonly string[];
  followsCustody: boolean;
  /** Last day on which it is in force; empty for no end. */
  until: string;
}

/** Names of the input of the api, so that its refusals find their place too. */
export type DraftField = 'grantee' | 'kind' | 'resource' | 'eventFrom' | 'eventTo' | 'fields' | 'expiresAt';
export type DraftFaults = Partial<Record<DraftField, string>>;

const ADDRESS = /^0x[0-9a-f]{40}$/i;
const DAY_MS = 86_400_000;

export const NEW_DRAFT: GrantDraft = {
  ...{ grantee: '', kind: 'ITEM', resource: '', from: '', to: '', extent: 'whole' },
  ...{ fields: ['eventTime', 'bizStep'], followsCustody: false, until: '' },
};

/** What stands in the way of a grant, by field; nothing of it has been asked of the api. */
export function draftFaults(draft: GrantDraft, owner: string, nowMs: number): DraftFaults {
  const { kind } = draft;
  const faults: DraftFaults = {};
  const grantee = draft.grantee.trim();
  if (grantee === '') faults.grantee = 'Choose a partner, or give the address of an account.';
  else if (!ADDRESS.test(grantee)) faults.grantee = 'An address is 0x and 40 digits from 0-9 and a-f.';
  else if (grantee.toLowerCase() === owner.toLowerCase())
    faults.grantee = 'You see your own rows. Name somebody else.';
  const named = isNamed(kind) ? resourceFault(kind, draft.resource) : null;
  if (named) faults.resource = named;
  if (kind !== 'EVERYTHING') {
    if (draft.from && draft.to && draft.to < draft.from) faults.eventTo = 'The last day is before the first.';
    if (draft.extent === 'some' && draft.fields.length === 0) faults.fields = 'Tick at least one field.';
  }
  if (draft.until && dayAfter(draft.until) <= nowMs) faults.expiresAt = 'This day is over.';
  return faults;
}

/** What the api is asked for. */
export function grantInput(draft: GrantDraft): Record<string, unknown> {
  const { kind } = draft;
  const isBounded = kind !== 'EVERYTHING';
  return {
    grantee: draft.grantee.trim(),
    kind,
    resource: isNamed(kind) ? draft.resource.trim() : null,
    eventFrom: isBounded && draft.from ? new Date(`${draft.from}T00:00:00Z`).toISOString() : null,
    eventTo: isBounded && draft.to ? new Date(dayAfter(draft.to)).toISOString() : null,
    fields: isBounded && draft.extent === 'some' ? draft.fields : null,
    followsCustody: kind === 'ITEM' && draft.followsCustody,
    expiresAt: draft.until ? new Date(dayAfter(draft.until)).toISOString() : null,
  };
}

/** Whether a grant of this kind names something. */
export function isNamed(kind: GrantKind): kind is 'ITEM' | 'PRODUCT' | 'SITE' {
  return kind === 'ITEM' || kind === 'PRODUCT' || kind === 'SITE';
}

/** The field that a refusal of the api is about, and what it says of it; null for a refusal of something else. */
export function refusedField(message: string): { field: DraftField; words: string } | null {
  const [, field, words] =
    /^(grantee|kind|resource|eventFrom|eventTo|fields|expiresAt|followsCustody): (.+)$/s.exec(message) ?? [];
  if (!field || !words) return null;
  const place = field === 'followsCustody' ? 'kind' : (field as DraftField);
  return { field: place, words: `${words.charAt(0).toUpperCase()}${words.slice(1)}.` };
}

function dayAfter(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) + DAY_MS;
}
