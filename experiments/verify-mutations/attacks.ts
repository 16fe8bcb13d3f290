import { redactBundle, type JsonValue, type ProofBundle } from '@tallyhouse/proofs';
import { madeBundle, type MadeBundle } from '../../libs/proofs/test/bundle-kit.js';

/** A bundle put together on purpose from parts that are each true somewhere. */
export type Attack = { name: string; bundle: JsonValue };

const asJson = (bundle: ProofBundle): JsonValue => JSON.parse(JSON.stringify(bundle)) as JsonValue;

/** Attacks on one bundle. */
export function attacksOn({ bundle }: MadeBundle): Attack[] {
  const partner = madeBundle({ partner: 'carrier' }).bundle;
  const leaf = madeBundle({ index: 5 }).bundle;
  const chain = madeBundle({ chainId: 1 }).bundle;
  const batch = madeBundle({ seq: 4 }).bundle;
  const { path } = bundle.batch;
  const swap = (list: ProofBundle['header']): ProofBundle['header'] =>
    list.with(0, list.at(-1)!).with(list.length - 1, list[0]!);
  const some = redactBundle(bundle, ['bizStep']).event as Extract<ProofBundle['event'], { shown: 'some' }>;
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
      { ...bundle, batch: { ...bundle.batch, path: [bundle.leaf.jcsSha256, ...path] } },
    ],
    ['inner node for a leaf', { ...bundle, batch: { ...bundle.batch, path: path.slice(1), count: 6 } }],
    [
      'header fields swapped',
      { ...bundle, header: bundle.header.with(4, bundle.header[5]!).with(5, bundle.header[4]!) },
    ],
    ['a shown field twice', { ...bundle, event: { ...some, fields: [...some.fields, ...some.fields] } }],
    ['a salt for two paths', { ...bundle, event: double }],
    ['a hidden field left out', { ...bundle, event: { ...some, hidden: some.hidden.slice(1) } }],
    ['a hidden field twice', { ...bundle, event: { ...some, hidden: [some.hidden[0]!, ...some.hidden] } }],
  ];
  return attacks.map(([name, attacked]) => ({ name, bundle: asJson(attacked) }));
}
