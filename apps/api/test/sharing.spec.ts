import { afterAll, beforeAll, describe } from '@jest/globals';
import { startApi, type ApiUnderTest } from './kit/api-under-test.js';
import { populate, type World } from './kit/world.js';
import { acting } from './sharing/acting.js';
import { followingCustody } from './sharing/following-custody.js';
import { granting } from './sharing/granting.js';
import { listening } from './sharing/listening.js';

// One api for all of them: starting it takes longer than they do.
describe('sharing between partners', () => {
  let running: ApiUnderTest;
  let populated: World;
  const api = (): ApiUnderTest => running;
  const world = (): World => populated;

  beforeAll(async () => {
    running = await startApi({ PARTNER_DATA: 'private', RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_KEY: '0' });
    populated = await populate(running);
  }, 90_000);
  afterAll(() => running?.stop(), 60_000);

  granting(api, world);
  followingCustody(api, world);
  acting(api, world);
  listening(api, world);
});
