import { recallNoticeAbi } from '@tallyhouse/chain';
import { address } from '../cells.js';
import { writer, type Protocol } from '../protocol.js';
import { recallAcknowledged, recallClosed, recallOpened } from './events.js';

export const recallNoticeProtocol: Protocol = {
  name: 'recall-notice',
  contract: 'RecallNotice',
  writers: [
    writer(recallNoticeAbi, 'RecallOpened', recallOpened, (event) => ({
      recall_id: event.id,
      opener: address(event.opener),
      criteria_hash: event.criteriaHash,
      affected_root: event.affectedRoot,
      affected_count: event.affectedCount,
      uri: event.uri,
    })),
    writer(recallNoticeAbi, 'RecallAcknowledged', recallAcknowledged, (event) => ({
      recall_id: event.id,
      partner: address(event.partner),
      recovered: event.recovered,
    })),
    writer(recallNoticeAbi, 'RecallClosed', recallClosed, (event) => ({
      recall_id: event.id,
      opener: address(event.opener),
      outcome: event.outcome,
    })),
  ],
};
