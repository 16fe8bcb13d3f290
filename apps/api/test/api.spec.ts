import { afterAll, beforeAll, describe } from '@jest/globals';
import { capturing } from './journeys/capture.js';
import { documentedQueries } from './journeys/documented-queries.js';
import { freshness } from './journeys/freshness.js';
import { partnerKeys } from './journeys/keys.js';
import { governanceLive } from './journeys/governance-live.js';
import { limits } from './journeys/limits.js';
import { otherChain } from './journeys/other-chain.js';
import { notices } from './journeys/notices.js';
import { pages } from './journeys/pages.js';
import { plainHttp } from './journeys/plain-http.js';
import { proofs } from './journeys/proofs.js';
import { sockets } from './journeys/sockets.js';
import { sqlStatements } from './journeys/statements.js';
import { tables } from './journeys/tables.js';
import { startApi, type ApiUnderTest } from './kit/api-under-test.js';
import { populate, type World } from './kit/world.js';

// One api and one Postgres for all journeys: starting them takes longer than all of these together.
describe('api', () => {
  let running: ApiUnderTest;
  let populated: World;
  const api = (): ApiUnderTest => running;
  const world = (): World => populated;

  beforeAll(async () => {
    running = await startApi();
    populated = await populate(running);
  }, 90_000);

  afterAll(() => running?.stop());

  documentedQueries(api, world);
  notices(api, world);
  sqlStatements(api, world);
  governanceLive(api, world);
  pages(api);
  otherChain(api);
  freshness(api);
  limits(api);
  capturing(api);
  partnerKeys(api);
  plainHttp(api);
  tables(api);
  sockets(api);
  proofs(api, world);
});
