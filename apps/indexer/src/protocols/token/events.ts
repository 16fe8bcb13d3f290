import { factTable } from '../protocol.js';

export const delegateChanged = factTable('delegate_changed', {
  delegator: 'text',
  from_delegate: 'text',
  to_delegate: 'text',
});

export const delegateVotesChanged = factTable('delegate_votes_changed', {
  delegate: 'text',
  previous_votes: 'numeric',
  new_votes: 'numeric',
});

export const tokenTransfer = factTable('token_transfer', {
  sender: 'text',
  recipient: 'text',
  amount: 'numeric',
});
