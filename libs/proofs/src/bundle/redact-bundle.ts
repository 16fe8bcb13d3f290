import { disclosure, disclosureDigest, type DisclosureEntry } from '../disclosure.js';
import { fromHex } from '../hex.js';
import { ProofInputError } from '../proofs.errors.js';
import { contentCommitment } from '../blinded-leaf.js';
import { BUNDLE_FORMATS, type ProofBundle, type RedactedEvent } from './bundle.js';

/**
 * The same proof with fewer fields shown: those that `paths` name and all below them. Works on a redacted bundle too.
 *
 * @param paths - JSON Pointers; `bizStep` is read as `/bizStep`
 * @throws ProofInputError `BUNDLE` for a path under which no field is shown
 * @example redactBundle(bundle, ['/bizStep', '/epcList']).event.shown // 'some'
 */
export function redactBundle(bundle: ProofBundle, paths: readonly string[]): ProofBundle {
  return { ...bundle, event: redactEvent(bundle.event, paths), leaf: blindLeaf(bundle) };
}

/** Of the second form on, hashes of the whole event do not go with a part of it. */
function blindLeaf({ format, event, leaf }: ProofBundle): ProofBundle['leaf'] {
  if (format === BUNDLE_FORMATS[1] || event.shown === 'some' || 'content' in leaf) return leaf;
  const { eventHashId, jcsSha256, ...rest } = leaf;
  return { content: contentCommitment({ eventHashId, jcsSha256 }, fromHex(event.secret, 32)), ...rest };
}

/** Whether a field lies at or below a path. */
export function liesUnder(field: string, path: string): boolean {
  const pointer = pointerOf(path);
  return field === pointer || field.startsWith(`${pointer}/`);
}

/** All fields that the bundle's event shows. */
export function shownFields(event: ProofBundle['event']): readonly DisclosureEntry[] {
  return event.shown === 'some' ? event.fields : disclosure(event.body, fromHex(event.secret, 32)).entries;
}

function redactEvent(event: ProofBundle['event'], paths: readonly string[]): RedactedEvent {
  const fields = shownFields(event);
  const nothing = paths.find((path) => !fields.some((field) => liesUnder(field.path, path)));
  if (nothing !== undefined)
    throw new ProofInputError('BUNDLE', `the event has no field at ${pointerOf(nothing)}`);
  const isShown = (field: DisclosureEntry): boolean => paths.some((path) => liesUnder(field.path, path));
  const before = event.shown === 'some' ? event.hidden : [];
  return {
    shown: 'some',
    fields: fields.filter(isShown).sort((a, b) => (a.path < b.path ? -1 : 1)),
    hidden: [...before, ...fields.filter((field) => !isShown(field)).map(disclosureDigest)].sort(),
  };
}

function pointerOf(path: string): string {
  return path === '' || path.startsWith('/') ? path : `/${path}`;
}
