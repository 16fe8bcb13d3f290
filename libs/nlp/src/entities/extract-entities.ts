import { findCues } from './cues.js';
import { datedEntities } from './dated.js';
import { withoutOverlaps, type Entity } from './entity.js';
import { identifierEntities } from './identifiers.js';
import { codeEntities } from './lots.js';
import { firmEntities, placeEntities } from './names.js';
import { DESCRIBED, productEntities } from './products.js';
import { quantityEntities } from './quantities.js';

/** Version of the rules; entities of another version are found again. */
export const EXTRACTOR_VERSION = 1;
/** Texts longer than this are read up to here. */
const MAX_READ = 20_000;

/**
 * Finds what a text names. Rules, no model: the same text gives the same entities on every machine. Give it a
 * normalised text.
 *
 * @example extractEntities('lot 82, sell by 04/05/2017').map(({ type, value }) => [type, value])
 * // [['LOT', '82'], ['BEST_BEFORE', '2017-04-05']]
 */
export function extractEntities(whole: string): Entity[] {
  const text = whole.slice(0, MAX_READ);
  const cues = findCues(text);
  const identifiers = identifierEntities(text, cues);
  const dates = datedEntities(text, cues);
  const quantities = quantityEntities(text);
  const fixed = withoutOverlaps([identifiers, dates, quantities]);
  const codes = codeEntities(text, cues, fixed);
  const firms = firmEntities(text);
  const places = placeEntities(text, firms);
  const products = productEntities(text);
  // A description of goods that begins with the maker's name is a name of goods as a whole.
  const ofMaker = products.filter(({ start, end, confidence }) =>
    firms.some((firm) => confidence === DESCRIBED && firm.start === start && firm.end < end),
  );
  return withoutOverlaps([
    fixed,
    codes,
    ofMaker,
    places.filter(({ confidence }) => confidence > 0.7),
    firms,
    places,
    products,
  ]);
}
