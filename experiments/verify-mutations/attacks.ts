import { redactBundle, type JsonValue, type ProofBundle } from '@tallyhouse/proofs';
import { madeBundle, type MadeBundle } from '../../libs/proofs/test/bundle-kit.js';

/** A bundle put together on purpose from parts that are each true somewhere. */
export type Attack = { name: string; bundle: JsonValue };

const asJson = (bundle: ProofBundle): JsonValue => JSON.parse(JSON.stringify(bundle)) as JsonValue;

/** Attacks on one bundle. */
export function attacksOn({ bundle }: MadeBundle): Attack[] {
  const form = bundle.rights === undefined ? 1 : 2;
  const partner = madeBundle({ partner: 'carrier', form }).bundle;
  const leaf = madeBundle({ index: 5, form }).bundle;
  const chain = madeBundle({ chainId: 1, form }).bundle;
  const batch = madeBundle({ seq: 4, form }).bundle;
  const { path } = bundle.batch;
  const swap = (list: ProofBundle['header']): ProofBundle['header'] =>
    list.with(0, list.at(-1)!).with(list.length - 1, list[0]!);
  const some = redactBundle(bundle, ['bizStep']).event as Extract<ProofBundle['event'], { shown: 'some' }>;
  const redacted = redactBundle(bundle, ['bizStep']);
  const double = { ...some, fields: [some.fields[0]!, { ...some.fields[0]!, path: '/bizStep2' }] };
  const attacks: [string, ProofBundle][] = [
    ['path of another partner', { ...bundle, batch: { ...bundle.batch, path: partner.batch.path } }],
    ['batch of another partner', { ...bundle, batch: partner.batch }],
    ['event of another partner', { ...bundle, event: partner.event }],
    ['event and leaf of another partner', { ...bundle, event: partner.event, leaf: partner.leaf }],
    ['path of another leaf', { ...bundle, batch: { ...bundle.batch, path: leaf.batch.path } }],
    ['leaf of another event', { ...bundle, leaf: leaf.leaf }],
    ['block of another chain', { ...bundle, header: chain.header, log: chain.log }],
    ['whole bundle of another chain', chain],
    ['chain id alone', { ...bundle, chainId: 1 }],
    ['contract of another chain', { ...bundle, anchorContract: chain.anchorContract }],
    ['later batch in the same place', { ...bundle, batch: batch.batch }],
    [
      'receipt for transaction',
      { ...bundle, log: { ...bundle.log, transactionProof: bundle.log.receiptProof } },
    ],
    [
      'nodes of the receipt swapped',
      { ...bundle, log: { ...bundle.log, receiptProof: swap(bundle.log.receiptProof) } },
    ],
    ['siblings swapped', { ...bundle, batch: { ...bundle.batch, path: swap(path) } }],
    [
      'leaf twice: its own sibling',
      { ...bundle, batch: { ...bundle.batch, path: [bundle.leaf.disclosureRoot, ...path] } },
    ],
    ['inner node for a leaf', { ...bundle, batch: { ...bundle.batch, path: path.slice(1), count: 6 } }],
    [
      'header fields swapped',
      { ...bundle, header: bundle.header.with(4, bundle.header[5]!).with(5, bundle.header[4]!) },
    ],
    ['a shown field twice', { ...redacted, event: { ...some, fields: [...some.fields, ...some.fields] } }],
    ['a salt for two paths', { ...redacted, event: double }],
    ...formAttacks(bundle, partner),
    ['a hidden field left out', { ...redacted, event: { ...some, hidden: some.hidden.slice(1) } }],
    ['a hidden field twice', { ...redacted, event: { ...some, hidden: [some.hidden[0]!, ...some.hidden] } }],
  ];
  return attacks.map(([name, attacked]) => ({ name, bundle: asJson(attacked) }));
}

/** What only the members of the second form make possible, and the mixing of forms. */
function formAttacks(bundle: ProofBundle, other: ProofBundle): [string, ProofBundle][] {
  const { predecessors, rights } = bundle;
  if (!predecessors || !rights || !other.predecessors || !other.rights) return [];
  const redacted = redactBundle(bundle, ['bizStep']);
  const first = madeBundle({ form: 1 }).bundle;
  const { links } = predecessors;
  return [
    ['batches of another partner', { ...bundle, predecessors: other.predecessors }],
    ['a batch before it left out', { ...bundle, predecessors: { ...predecessors, links: links.slice(1) } }],
    [
      'batches before it in another order',
      { ...bundle, predecessors: { ...predecessors, links: links.toReversed() } },
    ],
    [
      'a head in the middle of nowhere',
      { ...bundle, predecessors: { ...predecessors, head: links[0]!.root } },
    ],
    ['rights of another partner', { ...bundle, rights: other.rights }],
    ['state of another block', { ...bundle, rights: { ...rights, accountProof: other.rights.accountProof } }],
    ["the partner's slot for the key's", { ...bundle, rights: { ...rights, keyProof: rights.partnerProof } }],
    ['another registry', { ...bundle, rights: { ...rights, registry: other.batch.partner } }],
    ['hashes in a redacted bundle', { ...redacted, leaf: bundle.leaf }],
    ['a commitment in a whole bundle', { ...bundle, leaf: redacted.leaf }],
    ['commitment of another event', { ...redacted, leaf: redactBundle(other, ['bizStep']).leaf }],
    ['a leaf of the first form', { ...bundle, leaf: first.leaf, batch: first.batch }],
    ['named as the first form', { ...bundle, format: first.format }],
    ['the first form named as the second', { ...first, format: bundle.format, predecessors, rights }],
  ];
}
