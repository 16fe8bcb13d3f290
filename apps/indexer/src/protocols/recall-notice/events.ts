import { factTable } from '../protocol.js';

export const recallOpened = factTable('recall_opened', {
  recall_id: 'text',
  opener: 'text',
  criteria_hash: 'text',
  affected_root: 'text',
  affected_count: 'bigint',
  uri: 'text',
});

export const recallAcknowledged = factTable('recall_acknowledged', {
  recall_id: 'text',
  partner: 'text',
  recovered: 'numeric',
});

export const recallClosed = factTable('recall_closed', {
  recall_id: 'text',
  opener: 'text',
  outcome: 'text',
});
