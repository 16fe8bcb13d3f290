import type { Prng } from '../prng.js';

/** What inspectors see; no finding of it is a fault that the audit rules know. */
const OBSERVATIONS = [
  'labels legible, seals intact',
  'two cartons dented, contents sound',
  'condensation on the outer wrap, wiped off',
  'one strap loose, replaced',
  'pallet corner broken, goods moved to a new pallet',
  'smell and colour as usual',
  'temperature by hand thermometer within limits',
  'light rust on the container floor, swept before loading',
] as const;

const INSPECTORS = [
  'M. Okafor',
  'J. Lindqvist',
  'A. Ferreira',
  'T. Nguyen',
  'S. Haddad',
  'R. Novak',
] as const;

/** Ways in which people write: telegram, form, letter, talk. */
const STYLES: readonly ((what: string, product: string, who: string, share: number) => string)[] = [
  (what, product, _who, share) => `${product.toUpperCase()}: ${what}. ${share} PCT CHECKED. OK.`,
  (what, product, who, share) =>
    `Goods: ${product} | Sample: ${share} % | Remark: ${what} | Inspector: ${who}`,
  (what, product, who, share) =>
    `On inspection of ${product} (${share} per cent of the consignment) I observed the following: ${what}. The goods were accepted. ${who}`,
  (what, product, who) =>
    `had a quick look at the ${product.toLowerCase()}, ${what}, all good otherwise - ${who}`,
];

/** A note of an inspection in one of several styles. */
export function inspectionNote(prng: Prng, product: string): string {
  const style = STYLES[prng.integer(0, STYLES.length - 1)] ?? STYLES[0]!;
  const what = OBSERVATIONS[prng.integer(0, OBSERVATIONS.length - 1)] ?? OBSERVATIONS[0];
  const who = INSPECTORS[prng.integer(0, INSPECTORS.length - 1)] ?? INSPECTORS[0];
  return style(what, product, who, 5 * prng.integer(1, 6));
}

/** A report of damage in one of several styles: what happened, to how many, what was done. */
export function incidentReport(prng: Prng, product: string, cases: number): string {
  const causes = [
    'fell from the fork',
    'was crushed by a shifting load',
    'got wet in the rain',
    'passed its date',
  ];
  const cause = causes[prng.integer(0, causes.length - 1)] ?? 'was damaged';
  const who = INSPECTORS[prng.integer(0, INSPECTORS.length - 1)] ?? INSPECTORS[0];
  const styles = [
    `INCIDENT. ${cases} CASE OF ${product.toUpperCase()} ${cause.toUpperCase()}. DESTROYED.`,
    `Incident: ${product}; quantity: ${cases} case; cause: ${cause}; action: destroyed; reported by ${who}`,
    `I regret to report that ${cases} case of ${product} ${cause} and had to be destroyed. ${who}`,
    `so ${cases} case of the ${product.toLowerCase()} ${cause}, we binned it. ${who}`,
  ];
  return styles[prng.integer(0, styles.length - 1)] ?? styles[0]!;
}
