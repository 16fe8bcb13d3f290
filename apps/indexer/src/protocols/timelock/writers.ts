import { timelockControllerAbi } from '@tallyhouse/chain';
import { address } from '../cells.js';
import { governorParameterSet } from '../governor/events.js';
import { writer, type Protocol } from '../protocol.js';
import { timelockCallExecuted, timelockCallScheduled, timelockCancelled } from './events.js';

export const timelockProtocol: Protocol = {
  name: 'timelock',
  contract: 'TimelockController',
  writers: [
    writer(timelockControllerAbi, 'CallScheduled', timelockCallScheduled, (event) => ({
      operation_id: event.id,
      call_index: event.index,
      target: address(event.target),
      value: event.value,
      call_data: event.data,
      predecessor: event.predecessor,
      delay_s: event.delay,
    })),
    writer(timelockControllerAbi, 'CallExecuted', timelockCallExecuted, (event) => ({
      operation_id: event.id,
      call_index: event.index,
      target: address(event.target),
      value: event.value,
      call_data: event.data,
    })),
    writer(timelockControllerAbi, 'Cancelled', timelockCancelled, (event) => ({ operation_id: event.id })),
    writer(timelockControllerAbi, 'MinDelayChange', governorParameterSet, (event) => ({
      name: 'minDelay',
      old_value: event.oldDuration,
      new_value: event.newDuration,
    })),
  ],
};
