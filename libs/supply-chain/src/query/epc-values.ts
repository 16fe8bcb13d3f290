import { normalizeIdentifier, readEpcPattern, type EpcPattern } from '@tallyhouse/epcis';
import { invalid, type Parameter } from './values.js';

/** Objects of a query: those of one identifier each, and those of a pattern. */
export interface ObjectsAsked {
  /** Canonical identifiers. */
  readonly uris: readonly string[];
  readonly patterns: readonly EpcPattern[];
}

/** Each pattern is up to ten spans of the index. */
const MAX_PATTERNS = 20;
const PATTERN = 'urn:epc:idpat:';

/**
 * Reads identifiers and patterns of items or of classes. The pattern of all serial numbers of one product stands for
 * these where items are meant, and is a spelling of their class where classes are.
 */
export function readObjects({ name, values }: Parameter, of: 'items' | 'classes'): ObjectsAsked {
  const open = values.filter((value) => value.startsWith(PATTERN) && value.includes('*'));
  if (open.length > MAX_PATTERNS) throw invalid(name, `takes at most ${MAX_PATTERNS} patterns`);
  const whole = values.filter((value) => !open.includes(value));
  return {
    uris: whole.map((value) => normalizeIdentifier(of === 'items' ? itself(value) : value)),
    patterns: open.map((pattern) => patternOf(name, pattern, of)),
  };
}

/** A pattern that leaves nothing open is the EPC itself. */
function itself(value: string): string {
  return value.startsWith(PATTERN) ? value.replace(PATTERN, 'urn:epc:id:') : value;
}

function patternOf(name: string, text: string, of: 'items' | 'classes'): EpcPattern {
  const pattern = readEpcPattern(text, of);
  if (pattern) return pattern;
  const scheme = of === 'items' ? 'an EPC scheme' : 'an EPC scheme that has classes';
  const form = `a pattern of ${scheme}, open from some part on to its end: urn:epc:idpat:sgtin:9521141.*.*`;
  throw invalid(name, `expected ${form}, found ${text.slice(0, 100)}`);
}
