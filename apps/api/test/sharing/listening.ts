import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from 'graphql-ws';
import { API_KEY, type ApiUnderTest } from '../kit/api-under-test.js';
import { commissioning } from '../kit/epcis-documents.js';
import { liveClient } from '../kit/live.js';
import { addPartner, addressOf, addSession, grant, type Headers } from '../kit/partners.js';
import { until } from '../kit/until.js';
import { capture, type World } from '../kit/world.js';

const OWNER = { 'x-api-key': API_KEY };
const query = 'subscription { eventCaptured { jobId } }';

/** Captures that a subscriber is told of. */
class Ear {
  public readonly jobs: string[] = [];
  private readonly client: Client;

  public constructor(api: ApiUnderTest, headers: Headers) {
    this.client = liveClient(api, headers);
    this.client.subscribe<{ eventCaptured: { jobId: string } }>(
      { query },
      {
        next: ({ data }) => this.jobs.push(data!.eventCaptured.jobId),
        error: () => undefined,
        complete: () => undefined,
      },
    );
  }

  public hears(job: string): Promise<void> {
    return until(() => this.jobs.includes(job));
  }

  public dispose(): void {
    void this.client.dispose();
  }
}

/** What a subscriber is told whose right to read ends while it listens. */
export function listening(api: () => ApiUnderTest, world: () => World): void {
  describe('a subscription', () => {
    const ears: Ear[] = [];
    let open: Headers;
    let closed: Headers;
    let serial = 100;

    beforeAll(async () => {
      open = await addPartner(api(), world().chain, addressOf('f1'), 'open partner');
      closed = await addPartner(api(), world().chain, addressOf('f2'), 'closed partner');
      await world().chain.checkpoint();
      await api().post('mutation { setSharing(sharing: OPEN) { sharing } }', {}, open);
    });
    afterAll(() => {
      for (const ear of ears) ear.dispose();
    });

    const captured = async (headers: Headers): Promise<string> =>
      (await capture(api(), commissioning((serial += 1), 1), headers)).id;
    /** Somebody who listens; the server does not say when it has begun to, so it is told until it hears. */
    const earOf = async (headers: Headers, heard: Headers): Promise<Ear> => {
      const ear = new Ear(api(), headers);
      ears.push(ear);
      await until(async () => ear.jobs.length > 0 || (await captured(heard), false), 60_000);
      return ear;
    };

    const ways: Record<string, (headers: Headers) => Promise<unknown>> = {
      'session was ended': (headers) =>
        fetch(`${api().url}/auth/sign-out`, {
          ...{ method: 'POST', body: '{}' },
          headers: { ...headers, 'content-type': 'application/json' },
        }),
      'key was revoked': async (headers) => {
        const { data } = await api().post('{ apiKeys { id } }', {}, headers);
        const [{ id }] = data!['apiKeys'] as [{ id: string }];
        const { errors } = await api().post(`mutation { revokeApiKey(id: "${id}") }`, {}, headers);
        expect(errors).toEqual([]);
      },
    };

    it.each(Object.keys(ways))('whose %s is told nothing more of what was granted', async (way) => {
      const [address, name] = way.startsWith('key')
        ? [addressOf('f3'), 'listener']
        : [addressOf('f4'), 'reader'];
      const headers = way.startsWith('key')
        ? await addPartner(api(), world().chain, address, name)
        : await addSession(api(), address, name);
      await world().chain.checkpoint();
      await grant(api(), OWNER, { grantee: address, kind: 'EVERYTHING' });
      const ear = await earOf(headers, OWNER);
      const neighbour = await earOf(closed, closed);
      // What it may not see makes the server look who listens, and wait on.
      await neighbour.hears(await captured(closed));
      await ways[way]!(headers);
      const hidden = await captured(OWNER);
      await ear.hears(await captured(open));
      expect(ear.jobs).not.toContain(hidden);
    });
  });
}
