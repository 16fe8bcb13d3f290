import { traceAnchorAbi } from '@tallyhouse/chain';
import { address } from '../cells.js';
import { writer, type Protocol } from '../protocol.js';
import { traceAnchored, traceErrorDeclared, tracePayload } from './events.js';

export const traceAnchorProtocol: Protocol = {
  name: 'trace-anchor',
  contract: 'TraceAnchor',
  writers: [
    writer(traceAnchorAbi, 'Anchored', traceAnchored, (event) => ({
      partner: address(event.partner),
      root: event.root,
      seq: event.seq,
      count: event.count,
      prev_head: event.prevHead,
      head: event.head,
      schema_id: event.schemaId,
      submitter: address(event.submitter),
      uri: event.uri,
    })),
    writer(traceAnchorAbi, 'PayloadCarried', tracePayload, (event) => ({
      partner: address(event.partner),
      root: event.root,
      seq: event.seq,
      payload: event.payload,
    })),
    writer(traceAnchorAbi, 'ErrorDeclared', traceErrorDeclared, (event) => ({
      partner: address(event.partner),
      root: event.root,
      leaf: event.leaf,
      leaf_index: event.index,
      reason: event.reason,
      submitter: address(event.submitter),
    })),
  ],
};
