import { factTable } from '../protocol.js';

export const timelockCallScheduled = factTable('timelock_call_scheduled', {
  operation_id: 'text',
  call_index: 'numeric',
  target: 'text',
  value: 'numeric',
  call_data: 'text',
  predecessor: 'text',
  delay_s: 'numeric',
});

export const timelockCallExecuted = factTable('timelock_call_executed', {
  operation_id: 'text',
  call_index: 'numeric',
  target: 'text',
  value: 'numeric',
  call_data: 'text',
});

export const timelockCancelled = factTable('timelock_cancelled', { operation_id: 'text' });
