import { forecastLedgerAbi } from '@tallyhouse/chain';
import { address, time } from '../cells.js';
import { writer, type Protocol } from '../protocol.js';
import { forecastCommitted } from './events.js';

export const forecastLedgerProtocol: Protocol = {
  name: 'forecast-ledger',
  contract: 'ForecastLedger',
  writers: [
    writer(forecastLedgerAbi, 'ForecastCommitted', forecastCommitted, (event) => ({
      family: event.family,
      version_id: event.versionId,
      root: event.root,
      as_of: time(event.asOf),
      first_target: time(event.firstTarget),
      count: event.count,
      committer: address(event.committer),
    })),
  ],
};
