import type { Fact } from './fact.js';
import type { Reference } from './reference.js';
import type { Mention } from './rule.js';

/** Two sightings of an item after each other. */
export interface Move {
  readonly before: Fact;
  readonly after: Fact;
  readonly from: string;
  readonly to: string;
}

/** A stay of an item at one place: from its first to its last sighting there. */
export interface Stay {
  readonly first: Fact;
  readonly last: Fact;
  readonly key: string;
}

/** Events that say where an item is: in transit it is nowhere. */
export function sightings(mentions: readonly Mention[]): Mention[] {
  return mentions.filter(({ fact }) => fact.site !== undefined && fact.bizStep !== 'sensor_reporting');
}

/** Pairs of sightings in the order of time, each named by kind of item, kind of place and step. */
export function movesOf(uri: string, mentions: readonly Mention[], reference: Reference): Move[] {
  const seen = sightings(mentions);
  const moves: Move[] = [];
  for (let index = 1; index < seen.length; index += 1) {
    const [before, after] = [seen[index - 1]!.fact, seen[index]!.fact];
    // A gate may miss a receipt, so what counts elsewhere is the kind of place and not the step that was read there.
    const to =
      before.site === after.site ? `same ${after.bizStep ?? '-'}` : `other ${siteKind(after, reference)}`;
    const from = `${kindOf(uri)} ${siteKind(before, reference)}/${before.bizStep ?? '-'}`;
    moves.push({ before, after, from, to });
  }
  return moves;
}

/** How long the item waited at each place before it was handled again there or left. */
export function staysOf(uri: string, mentions: readonly Mention[], reference: Reference): Stay[] {
  const stays: Stay[] = [];
  let origin = 'its source';
  for (const { before, after } of movesOf(uri, mentions, reference)) {
    if (before.site !== after.site) {
      origin = siteKind(before, reference);
      continue;
    }
    // Where it came from matters: what stores send back waits otherwise than what ports deliver.
    const key = `${kindOf(uri)} from ${origin} in ${siteKind(before, reference)}: ${before.bizStep ?? '-'} to ${after.bizStep ?? '-'}`;
    stays.push({ first: before, last: after, key });
  }
  return stays;
}

function kindOf(uri: string): string {
  return uri.includes('/00/') ? 'unit' : 'item';
}

function siteKind({ site }: Fact, reference: Reference): string {
  return reference.site(site ?? '')?.kind ?? 'place';
}
