import { EVENT_LEAF_SCHEMAS, type JsonValue } from '@tallyhouse/proofs';
import { RECORDED } from './vector-events.js';

/**
 * One change and the step that must name it: a value of a file replaced (`path`), or something else given by the
 * caller (`given`: header, anchorContract, registry, disclose).
 */
export interface VectorChange {
  readonly base: string;
  readonly path?: string;
  readonly value?: JsonValue;
  readonly given?: { readonly [option: string]: JsonValue };
  readonly failed: string;
}

const word = (byte: string): string => `0x${byte.repeat(32)}`;
const ADDRESS = `0x${'22'.repeat(20)}`;

/** Steps that go from the leaf to the block; each is broken once in `base`. */
function onTheWay(base: string): VectorChange[] {
  return [
    { base, path: '/leaf/recordTime', value: RECORDED + 1, failed: 'batch path' },
    { base, path: '/leaf/submitter', value: ADDRESS, failed: 'batch path' },
    { base, path: '/batch/path/0', value: word('00'), failed: 'batch path' },
    { base, path: '/batch/path/0', value: word('ff'), failed: 'batch path' },
    { base, path: '/batch/count', value: 6, failed: 'batch head' },
    { base, path: '/batch/prevHead', value: word('11'), failed: 'batch head' },
    { base, path: '/log/transactionIndex', value: 0, failed: 'receipt' },
    { base, path: '/header/5', value: word('00'), failed: 'receipt' },
    { base, path: '/log/position', value: 1, failed: 'log' },
    { base, path: '/batch/uri', value: 'memory:other', failed: 'log' },
    { base, path: '/batch/partner', value: ADDRESS, failed: base === 'text' ? 'record' : 'log' },
    { base, path: '/chainId', value: 1, failed: 'transaction' },
    { base, path: '/header/11', value: '0x01', failed: 'header' },
    { base, path: '/header/3', value: word('00'), failed: 'header' },
    { base, given: { header: word('33') }, failed: 'header' },
    { base, given: { anchorContract: ADDRESS }, failed: 'contract' },
  ];
}

/** What the members that form 1 lacks make possible. */
function ofOrigin(base: string): VectorChange[] {
  return [
    { base, path: '/predecessors/links/0/count', value: 3, failed: 'predecessors' },
    { base, path: '/predecessors/seq', value: '1', failed: 'predecessors' },
    { base, path: '/rights/gln', value: '4012345000016', failed: 'submitter' },
    { base, path: '/rights/keyProof', value: null, failed: 'submitter' },
    { base, path: '/rights/registry', value: ADDRESS, failed: 'submitter' },
    { base, given: { registry: ADDRESS }, failed: 'submitter' },
  ];
}

/** Of events in either form. */
export function eventChanges(form: 1 | 2): VectorChange[] {
  const base = 'whole';
  return [
    { base, path: '/format', value: 'tallyhouse-proof/3', failed: 'format' },
    { base, path: '/chainId', value: '31337', failed: 'format' },
    { base, path: '/event/body/bizStep', value: 'receiving', failed: 'content' },
    { base, path: '/leaf/jcsSha256', value: word('00'), failed: 'content' },
    { base: 'correcting', path: '/event/body/errorDeclaration/reason', value: 'x', failed: 'content' },
    { base, path: '/leaf/eventHashId', value: word('00'), failed: 'event hash id' },
    { base, path: '/event/namespaces/tally', value: 'https://other.example/', failed: 'event hash id' },
    { base, path: '/event/secret', value: word('00'), failed: 'disclosure' },
    { base, path: '/leaf/disclosureRoot', value: word('00'), failed: 'disclosure' },
    { base: 'redacted', path: '/event/fields/0/value', value: 'receiving', failed: 'disclosure' },
    { base: 'redacted', path: '/event/hidden/0', value: word('00'), failed: 'disclosure' },
    { base: 'redacted', given: { disclose: ['/epcList'] }, failed: 'fields asked for' },
    { base, path: '/batch/schemaId', value: EVENT_LEAF_SCHEMAS[form === 1 ? 2 : 1], failed: 'batch path' },
    form === 1
      ? { base: 'redacted', path: '/leaf/jcsSha256', value: word('00'), failed: 'batch path' }
      : { base: 'redacted', path: '/leaf/content', value: word('00'), failed: 'batch path' },
    ...onTheWay(base),
    { base: 'redacted', path: '/header/3', value: word('00'), failed: 'header' },
    ...(form === 2 ? ofOrigin(base) : []),
  ];
}

/** Of texts. */
export function textChanges(): VectorChange[] {
  const base = 'text';
  return [
    { base, path: '/format', value: 'tallyhouse-proof/2', failed: 'format' },
    { base, path: '/text', value: 'Complaint 1\n\nAll is well.', failed: 'text' },
    { base, path: '/leaf/textSha256', value: word('00'), failed: 'text' },
    { base, path: '/record/writtenAt', value: '2026-03-01T09:01:00.001Z', failed: 'record' },
    { base, path: '/record/kind', value: 'NOTE', failed: 'record' },
    { base, given: { disclose: ['/title'] }, failed: 'fields asked for' },
    { base, path: '/batch/schemaId', value: EVENT_LEAF_SCHEMAS[2], failed: 'batch path' },
    ...onTheWay(base),
    ...ofOrigin(base),
  ];
}
