import { siteOf, type Draft, type Script } from '../script.js';
import type { FaultRule } from '../item-world.js';

/** What a fault did to a script. */
export interface Deed {
  readonly evidence: readonly Draft[];
  readonly also?: readonly FaultRule[];
  /** Milliseconds after the last evidence in which the absence of something may still end. */
  readonly waitMs?: number;
  /** It is done on chain: the events stay as they are, and so does custody. */
  readonly onChain?: boolean;
}

/** A way of doing wrong. `commit` changes the script, or gives undefined and leaves it as it was where it does not fit. */
export interface Fault {
  readonly rule: FaultRule;
  readonly kind: string;
  readonly commit: (script: Script) => Deed | undefined;
}

const LISTS = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'] as const;

/** Whether an event names an item. */
export function names({ event }: Draft, uri: string): boolean {
  return event.parentID === uri || LISTS.some((list) => event[list]?.includes(uri) ?? false);
}

/** Takes items out of events; an event that names nothing any more is gone. */
export function strip(script: Script, uris: ReadonlySet<string>, where: (draft: Draft) => boolean): void {
  const concerned = new Set(script.drafts.filter(where));
  for (const draft of concerned) {
    for (const list of LISTS) {
      const kept = draft.event[list]?.filter((uri) => !uris.has(uri));
      if (kept) draft.event[list] = kept;
    }
  }
  script.drafts = script.drafts.filter((draft) => !concerned.has(draft) || saysSomething(draft, uris));
}

function saysSomething({ event }: Draft, stripped: ReadonlySet<string>): boolean {
  if (event.parentID === undefined)
    return event.type !== 'ObjectEvent' || (event.epcList ?? event.quantityList ?? []).length > 0;
  return !stripped.has(event.parentID) && (event.childEPCs ?? event.childQuantityList ?? []).length > 0;
}

/** Lets `stray` go wherever `sibling` goes, except into being. */
export function shadow(script: Script, sibling: string, stray: string): Draft[] {
  const along: Draft[] = [];
  for (const draft of [...script.drafts]) {
    for (const list of ['epcList', 'childEPCs'] as const) {
      if (!draft.event[list]?.includes(sibling)) continue;
      draft.event[list] = [...draft.event[list], stray];
      along.push(draft);
    }
  }
  return along.sort((a, b) => a.at - b.at);
}

/** Moves an event to another site, with its reporter. */
export function relocate(script: Script, draft: Draft, site: number): void {
  const place = { id: siteOf(script, site).uri };
  draft.site = site;
  draft.party = siteOf(script, site).party;
  draft.event.readPoint = place;
  if (draft.event.bizLocation) draft.event.bizLocation = place;
}

/** A fault is read, whatever gates miss. */
export function noticed<D extends Draft>(...drafts: readonly D[]): D[] {
  for (const draft of drafts) draft.gate = false;
  return [...drafts];
}
