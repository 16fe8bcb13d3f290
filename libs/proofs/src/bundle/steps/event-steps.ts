import { canonicalJson } from '../../canonical-json.js';
import { disclosure, disclosureLeaf, hiddenLeaf } from '../../disclosure.js';
import { fromHex, sha256Hex } from '../../hex.js';
import { keyPrefixes } from '../../json.js';
import { merkleTree } from '../../merkle.js';
import { shownFields } from '../redact-bundle.js';
import type { ProofBundle } from '../bundle.js';
import type { Step } from '../verification.js';
import { askedOf } from './asked-fields.js';
import { held, left, must } from './outcome.js';

/** The whole event gives the content hash of the leaf. */
export const contentStep: Step<ProofBundle> = ({ event, leaf }) => {
  if ('content' in leaf)
    return left('the event is not shown whole; the leaf commits to its hashes and tells neither');
  if (event.shown === 'some')
    return left('the event is not shown whole, so the hash of its content stays as the leaf has it');
  const found = sha256Hex(new TextEncoder().encode(canonicalJson(event.body)));
  must(
    found === leaf.jcsSha256,
    `the event's content has the SHA-256 ${found}, the leaf says ${leaf.jcsSha256}`,
  );
  return held(`SHA-256 of the event as RFC 8785 JSON is ${found}`);
};

/** The whole event gives the Event Hash ID of the leaf. */
export const eventHashStep: Step<ProofBundle> = ({ event, leaf }, { eventHash }) => {
  if (event.shown === 'some' || 'content' in leaf)
    return left('the event is not shown whole, so its Event Hash ID is not computed');
  const { namespaces } = event;
  if (namespaces === null) return left('whoever made the bundle did not know the namespaces of its prefixes');
  const prefixes = keyPrefixes(event.body);
  const unused = Object.keys(namespaces).find((prefix) => !prefixes.has(prefix));
  must(unused === undefined, `no key of the event uses the namespace of ${unused}`);
  if (!eventHash) return left('this verifier computes no Event Hash ID');
  const hash = eventHash(event.body, namespaces);
  must(
    hash === leaf.eventHashId,
    `the event has the Event Hash ID ${hash}, the leaf says ${leaf.eventHashId}`,
  );
  return held(`Event Hash ID (CBV 2.0) is ${hash}`);
};

/** The fields, shown or hidden, give the disclosure root of the leaf. */
export const disclosureStep: Step<ProofBundle> = ({ event, leaf }) => {
  const found = disclosureRoot(event);
  must(
    found === leaf.disclosureRoot,
    `the fields give the root ${found}, the leaf says ${leaf.disclosureRoot}`,
  );
  return held(
    event.shown === 'all'
      ? 'every field of the event, with its salt, gives the disclosure root'
      : `${event.fields.length} shown and ${event.hidden.length} hidden fields give the disclosure root; the hidden ones are bound, none can be changed`,
  );
};

/** What the caller asked for is shown. */
export const askedStep: Step<ProofBundle> = ({ event }, { disclose }) =>
  askedOf(() => shownFields(event), disclose);

function disclosureRoot(event: ProofBundle['event']): string {
  if (event.shown === 'all') return disclosure(event.body, fromHex(event.secret, 32)).root;
  return merkleTree([...event.fields.map(disclosureLeaf), ...event.hidden.map(hiddenLeaf)]).root;
}
