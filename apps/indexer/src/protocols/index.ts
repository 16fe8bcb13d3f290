import { custodyProtocol } from './custody/writers.js';
import { forecastLedgerProtocol } from './forecast-ledger/writers.js';
import { governorProtocol } from './governor/writers.js';
import { modelRegistryProtocol } from './model-registry/writers.js';
import { partnerRegistryProtocol } from './partner-registry/writers.js';
import type { FactTable, Protocol } from './protocol.js';
import { recallNoticeProtocol } from './recall-notice/writers.js';
import { timelockProtocol } from './timelock/writers.js';
import { tokenProtocol } from './token/writers.js';
import { traceAnchorProtocol } from './trace-anchor/writers.js';

/** Everything that is indexed. */
export const protocols: readonly Protocol[] = [
  traceAnchorProtocol,
  partnerRegistryProtocol,
  modelRegistryProtocol,
  forecastLedgerProtocol,
  governorProtocol,
  timelockProtocol,
  tokenProtocol,
  custodyProtocol,
  recallNoticeProtocol,
];

/** Every table of facts, each once: what a reorganisation deletes from. */
export const factTables: readonly FactTable[] = [
  ...new Map(
    protocols.flatMap(({ writers }) => writers.map(({ table }) => [table.name, table] as const)),
  ).values(),
];
