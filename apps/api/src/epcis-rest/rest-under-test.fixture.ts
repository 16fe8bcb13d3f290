import { API_KEY, startApi, type ApiUnderTest } from '../../test/kit/api-under-test.js';
import { documentOf, LABELLED_EVENTS } from './labelled-events.fixture.js';
import { restClient, type RestClient } from './rest-client.fixture.js';

/** The api with the labelled events, and a partner who asks it. */
export async function startRest(
  environment: Readonly<Record<string, string>> = {},
): Promise<{ api: ApiUnderTest; rest: RestClient }> {
  const api = await startApi(environment);
  const rest = restClient(`${api.url}/epcis/v2`, API_KEY);
  const answer = await rest.post('/capture', documentOf(LABELLED_EVENTS));
  const job = await rest.get((answer.headers.get('location') ?? '').replace('/epcis/v2', ''));
  const { success, stored } = job.body as { success?: boolean; stored?: number };
  if (answer.status !== 202 || !success || stored !== LABELLED_EVENTS.length) {
    throw new Error(JSON.stringify([answer, job.body]));
  }
  return { api, rest };
}
