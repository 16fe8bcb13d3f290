import { EdgeBuilder } from '@tallyhouse/audit';
import { SealingService } from '@tallyhouse/supply-chain';
import { API_KEY, type ApiUnderTest } from './api-under-test.js';
import { ChainRows, FIRST_VERSION, PARTNER } from './chain-rows.js';
import { commissioning, faulty, packing } from './epcis-documents.js';
import { addForecast, addRun, addRuntime, addSeries, RUN_ROOT, SERIES_ID } from './forecast-rows.js';

const CAPTURE = `mutation ($document: JSON!) { captureEvents(document: $document) { id state } }`;

/** Ids that tests ask for. */
export interface World {
  readonly chain: ChainRows;
  readonly jobId: string;
  readonly failedJobId: string;
}

/** Captures a document with the partner's key, or as somebody else. */
export async function capture(
  api: ApiUnderTest,
  document: object,
  headers: Record<string, string> = { 'x-api-key': API_KEY },
): Promise<{ id: string; state: string }> {
  const { data, errors } = await api.post(CAPTURE, { document }, headers);
  if (!data) throw new Error(JSON.stringify(errors));
  return data['captureEvents'] as { id: string; state: string };
}

/**
 * Ten commissioned pieces, two packed on the pallet: the first four events anchored, the next four sealed, the rest
 * pending; a proposal, a forecast and a model that runs.
 */
export async function populate(api: ApiUnderTest): Promise<World> {
  const { id: jobId } = await capture(api, commissioning(1, 10));
  await capture(api, packing('ADD', [1, 2], '2026-01-06T08:00:00.000Z'));
  const { id: failedJobId } = await capture(api, faulty());
  await new EdgeBuilder(api.dataSource).run();
  const chain = new ChainRows(api.dataSource);
  await chain.governance();
  await seal(api);
  await chain.anchorNext();
  await addSeries(api.dataSource, SERIES_ID, 'apples');
  await addRun(api.dataSource);
  await addForecast(api.dataSource, SERIES_ID);
  await addRuntime(api.dataSource);
  await chain.commitment(FIRST_VERSION, RUN_ROOT);
  await chain.checkpoint();
  return { chain, jobId, failedJobId };
}

const HOUR_MS = 3_600_000;

/** Seals every full batch of four. */
export async function seal(api: ApiUnderTest): Promise<void> {
  const limits = { batchSize: 4, maxWaitMs: HOUR_MS };
  await new SealingService(api.dataSource).sealDue(PARTNER, limits, new Date());
}
