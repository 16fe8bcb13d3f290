import { parseAbi } from 'viem';
import { address } from '../../src/protocols/cells.js';
import { writer, type Protocol } from '../../src/protocols/protocol.js';
import { pledged } from './events.js';

const abi = parseAbi(['event Pledged(address indexed who, uint256 amount, string note)']);

export const pledgeProtocol: Protocol = {
  name: 'pledge',
  contract: 'Pledge',
  writers: [
    writer(abi, 'Pledged', pledged, (event) => ({
      who: address(event.who),
      amount: event.amount,
      note: event.note,
    })),
  ],
};
