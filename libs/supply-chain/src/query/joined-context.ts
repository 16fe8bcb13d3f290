import { resolveContext } from '@tallyhouse/epcis';
import type { QueriedEvent } from './event-query.reader.js';

/** What the prefixes of some events mean, for the one document that they stand in. */
export interface JoinedContext {
  /** Prefixes that mean the same in every document that the events came in; empty or one object. */
  readonly context: readonly Readonly<Record<string, string>>[];
  /** By event: prefixes that two documents gave two meanings, in that of its own. */
  readonly own: readonly (Readonly<Record<string, string>> | undefined)[];
}

const STANDARD = resolveContext([]).prefixes;

/** Joins the contexts of the documents that events came in, so that every prefix keeps its meaning. */
export function joinedContext(events: readonly Pick<QueriedEvent, 'context'>[]): JoinedContext {
  const shared = new Map<string, string>();
  const disputed = new Set<string>();
  const declared = events.map(({ context }) => prefixesOf(context));
  for (const prefixes of new Set(declared)) {
    for (const [prefix, namespace] of prefixes) {
      const other = shared.get(prefix);
      if (other !== undefined && other !== namespace) disputed.add(prefix);
      shared.set(prefix, namespace);
    }
  }
  for (const prefix of disputed) shared.delete(prefix);
  const own = declared.map((prefixes) => {
    const differing = [...prefixes].filter(([prefix]) => disputed.has(prefix));
    return differing.length > 0 ? Object.fromEntries(differing) : undefined;
  });
  return { context: shared.size > 0 ? [Object.fromEntries(shared)] : [], own };
}

function prefixesOf(context: QueriedEvent['context']): ReadonlyMap<string, string> {
  if (context === null) return new Map();
  return new Map([...resolveContext(context).prefixes].filter(([prefix]) => !STANDARD.has(prefix)));
}
