import { canonicalJson, type JsonValue } from '../src/index.js';

/** A source of numbers in [0, 1), seeded by the caller. */
export type Random = () => number;

/** A mutation of a JSON value: what was done and where. */
export type Mutation = { kind: string; pointer: string; value: JsonValue };

type Place = { parent: JsonValue[] | { [key: string]: JsonValue | undefined }; key: string; pointer: string };

/** Seeded numbers (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Whether a mutation changed nothing of meaning; `untouched` is JSON that has a canonical form. */
export function isSameJson(mutated: JsonValue, untouched: JsonValue): boolean {
  try {
    return canonicalJson(mutated) === canonicalJson(untouched);
  } catch {
    return false;
  }
}

/**
 * Changes one place of a JSON value at random: a sign of a text, a number, a list's entries, an object's members, or
 * the same place of another value (`donor`) in its stead.
 */
export function mutate(value: JsonValue, donor: JsonValue, random: Random): Mutation {
  const copy = structuredClone(value);
  const places = placesOf(copy);
  const place = places[Math.floor(random() * places.length)]!;
  const before = read(place);
  const borrowed = at(donor, place.pointer);
  if (borrowed !== undefined && random() < 0.3) {
    write(place, structuredClone(borrowed));
    return { kind: 'same place of another bundle', pointer: place.pointer, value: copy };
  }
  const [kind, after] = changed(before, random);
  write(place, after);
  return { kind, pointer: place.pointer, value: copy };
}

function changed(value: JsonValue | undefined, random: Random): [string, JsonValue | undefined] {
  const pick = (length: number): number => Math.floor(random() * length);
  if (typeof value === 'string') return changedText(value, random);
  if (typeof value === 'number') return ['number', value + [1, -1, 0.5, 2 ** pick(40)][pick(4)]!];
  if (typeof value === 'boolean') return ['boolean', !value];
  if (Array.isArray(value)) return changedList(value, pick);
  if (typeof value !== 'object' || value === null) return ['null', 0];
  const keys = Object.keys(value);
  const key = keys[pick(keys.length)];
  if (key === undefined || random() < 0.3) return ['member added', { ...value, extra: '0x00' }];
  return ['member taken out', { ...value, [key]: undefined }];
}

function changedText(text: string, random: Random): [string, JsonValue] {
  const position = Math.floor(random() * text.length);
  const sign = (text.startsWith('0x') ? '0123456789abcdef' : 'abcxyz0189/')[Math.floor(random() * 11)]!;
  const choice = random();
  if (choice < 0.6) return ['sign of a text', text.slice(0, position) + sign + text.slice(position + 1)];
  if (choice < 0.7) return ['text cut', text.slice(0, -2)];
  if (choice < 0.8) return ['text lengthened', `${text}00`];
  if (choice < 0.9) return ['capitals', text.toUpperCase()];
  return ['another type', Number.isFinite(Number(text)) ? Number(text) : null];
}

function changedList(list: JsonValue[], pick: (length: number) => number): [string, JsonValue] {
  const [a, b] = [pick(list.length), pick(list.length)];
  const kind = list.length === 0 ? 3 : pick(4);
  if (kind === 0) return ['entry taken out', list.toSpliced(a, 1)];
  if (kind === 1) return ['entry doubled', list.toSpliced(a, 0, list[a]!)];
  if (kind === 2) return ['entries swapped', list.with(a, list[b]!).with(b, list[a]!)];
  return ['entry added', [...list, '0x00']];
}

function placesOf(value: JsonValue | undefined, pointer = ''): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key): Place[] => {
    const place = {
      parent: value,
      key,
      pointer: `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    };
    return [place, ...placesOf(read(place), place.pointer)];
  });
}

function read({ parent, key }: Place): JsonValue | undefined {
  return (parent as { [key: string]: JsonValue | undefined })[key];
}

function write({ parent, key }: Place, value: JsonValue | undefined): void {
  (parent as { [key: string]: JsonValue | undefined })[key] = value;
}

function at(value: JsonValue, pointer: string): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as { [key: string]: JsonValue | undefined })[key];
  }
  return found;
}
