import { tallyTokenAbi } from '@tallyhouse/chain';
import { address } from '../cells.js';
import { writer, type Protocol } from '../protocol.js';
import { delegateChanged, delegateVotesChanged, tokenTransfer } from './events.js';

export const tokenProtocol: Protocol = {
  name: 'token',
  contract: 'TallyToken',
  writers: [
    writer(tallyTokenAbi, 'DelegateChanged', delegateChanged, (event) => ({
      delegator: address(event.delegator),
      from_delegate: address(event.fromDelegate),
      to_delegate: address(event.toDelegate),
    })),
    writer(tallyTokenAbi, 'DelegateVotesChanged', delegateVotesChanged, (event) => ({
      delegate: address(event.delegate),
      previous_votes: event.previousVotes,
      new_votes: event.newVotes,
    })),
    writer(tallyTokenAbi, 'Transfer', tokenTransfer, (event) => ({
      sender: address(event.from),
      recipient: address(event.to),
      amount: event.value,
    })),
  ],
};
