import { factTable } from '../protocol.js';

export const traceAnchored = factTable('trace_anchored', {
  partner: 'text',
  root: 'text',
  seq: 'numeric',
  count: 'bigint',
  prev_head: 'text',
  head: 'text',
  schema_id: 'text',
  submitter: 'text',
  uri: 'text',
});

export const tracePayload = factTable('trace_payload', {
  partner: 'text',
  root: 'text',
  seq: 'numeric',
  payload: 'text',
});

export const traceErrorDeclared = factTable('trace_error_declared', {
  partner: 'text',
  root: 'text',
  leaf: 'text',
  leaf_index: 'bigint',
  reason: 'text',
  submitter: 'text',
});
