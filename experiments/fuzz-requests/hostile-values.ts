import type { Random } from '@tallyhouse/compute';

/** Texts that have broken servers: of other languages, of other lengths, of other encodings. */
const TEXTS: readonly string[] = [
  ...['', ' ', '0', '-1', 'null', 'undefined', 'NaN', 'true', '[]', '{}', '__proto__', 'constructor'],
  ...[
    "'",
    '"',
    "' OR 1=1 --",
    "'; DROP TABLE partner_key; --",
    '%',
    '%%%',
    '_',
    '\\',
    '$1',
    '${7*7}',
    '{{7*7}}',
  ],
  ...['../../etc/passwd', 'file:///etc/passwd', 'http://169.254.169.254/', 'javascript:alert(1)', '=1+1'],
  ...['\u0000', 'a\u0000b', '\ud800', '\uffff', '\u202e', '🦠'.repeat(50), '\r\nSet-Cookie: a=b', 'é'],
  ...['2026-02-30T00:00:00Z', '0000-01-01T00:00:00Z', '99999-01-01T00:00:00Z', '2026-01-01', '+275760-09-13'],
  ...[
    '0x',
    `0x${'0'.repeat(40)}`,
    `0x${'f'.repeat(64)}`,
    '0xzz',
    '1e999',
    '9'.repeat(400),
    'x'.repeat(5_000),
  ],
  ...[
    '00000000-0000-0000-0000-000000000000',
    '*',
    'urn:epc:id:sgtin:0614141.107346.2017',
    'https://id.gs1.org/01/',
  ],
];

const NUMBERS: readonly number[] = [
  ...[0, -0, 1, -1, 0.5, 1e-320, 1e308, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, -(2 ** 53), 2 ** 63],
];

/** One of a list. */
export function drawn<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.below(items.length)]!;
}

/** A hostile text, now and then with random signs in it. */
export function hostileText(random: Random): string {
  const text = drawn(random, TEXTS);
  if (random.below(4) > 0) return text;
  const at = random.below(text.length + 1);
  return text.slice(0, at) + String.fromCharCode(random.below(65_536)) + text.slice(at);
}

/** Any JSON value, at most `depth` deep. */
export function hostileValue(random: Random, depth = 3): unknown {
  switch (random.below(depth > 0 ? 7 : 5)) {
    case 0:
      return null;
    case 1:
      return random.below(2) === 0;
    case 2:
      return drawn(random, NUMBERS);
    case 3:
    case 4:
      return hostileText(random);
    case 5:
      return Array.from({ length: random.below(5) }, () => hostileValue(random, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random.below(4) }, () => [hostileText(random), hostileValue(random, depth - 1)]),
      );
  }
}

/** A copy of a JSON value in which one place is another value, missing, or there twice. */
export function mutated(random: Random, value: unknown): unknown {
  const copy: unknown = structuredClone(value);
  const places: { parent: Record<string, unknown>; key: string }[] = [];
  const collect = (parent: unknown): void => {
    if (typeof parent !== 'object' || parent === null) return;
    for (const key of Object.keys(parent)) {
      places.push({ parent: parent as Record<string, unknown>, key });
      collect((parent as Record<string, unknown>)[key]);
    }
  };
  collect(copy);
  if (places.length === 0) return hostileValue(random);
  const { parent, key } = drawn(random, places);
  const kind = random.below(4);
  if (kind === 0) delete parent[key];
  else if (kind === 1) parent[hostileText(random) || 'x'] = parent[key];
  else if (kind === 2) parent[key] = [parent[key], parent[key]];
  else parent[key] = hostileValue(random);
  return copy;
}

/** A text in which a piece is cut, doubled, or other signs. */
export function mangled(random: Random, text: string): string {
  const from = random.below(text.length + 1);
  const to = Math.min(text.length, from + random.below(20));
  const middle = drawn(random, ['', text.slice(from, to).repeat(2), hostileText(random)]);
  return text.slice(0, from) + middle + text.slice(to);
}
