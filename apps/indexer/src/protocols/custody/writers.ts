import { custodyAbi } from '@tallyhouse/chain';
import { address, time } from '../cells.js';
import { writer, type Protocol } from '../protocol.js';
import {
  custodyAccepted,
  custodyOffered,
  custodyRejected,
  custodyReleased,
  custodyWithdrawn,
} from './events.js';

export const custodyProtocol: Protocol = {
  name: 'custody',
  contract: 'Custody',
  writers: [
    writer(custodyAbi, 'CustodyOffered', custodyOffered, (event) => ({
      ...partiesOf(event),
      deadline: time(event.deadline),
    })),
    writer(custodyAbi, 'CustodyAccepted', custodyAccepted, partiesOf),
    writer(custodyAbi, 'CustodyRejected', custodyRejected, (event) => ({
      ...partiesOf(event),
      reason: event.reason,
    })),
    writer(custodyAbi, 'CustodyWithdrawn', custodyWithdrawn, partiesOf),
    writer(custodyAbi, 'CustodyReleased', custodyReleased, (event) => ({
      unit: event.unit,
      holder: address(event.holder),
      reason: event.reason,
    })),
  ],
};

function partiesOf(event: { readonly unit: string; readonly from: string; readonly to: string }) {
  return { unit: event.unit, sender: address(event.from), recipient: address(event.to) };
}
