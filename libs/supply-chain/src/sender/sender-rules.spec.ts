import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  documentOf,
  openStore,
  OTHER_PARTNER,
  PARTNER,
  shipment,
  shipments,
  type TestStore,
} from '../../test/capture-kit.js';
import { CaptureService } from '../capture/capture.service.js';
import { CompanyPrefixRepository } from './company-prefix.repository.js';
import { PROFILES_A_PARTNER, ProfileRepository, type ProfileInput } from './profile.repository.js';

jest.setTimeout(60_000);

const now = new Date('2026-02-01T00:00:00Z');
const needsId: ProfileInput = {
  partner: PARTNER,
  name: 'shipping',
  bizSteps: ['shipping'],
  schema: { required: ['eventID'] },
  setBy: 'OPERATOR',
};

describe('what a sender must meet', () => {
  let store: TestStore;
  let captures: CaptureService;
  let profiles: ProfileRepository;
  beforeAll(async () => {
    store = await openStore();
    captures = new CaptureService(store.source);
    profiles = new ProfileRepository(store.source);
  }, 60_000);
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.empty();
    await store.source.query('TRUNCATE partner_profile, partner_prefix CASCADE');
  });

  const rulesOf = async (job: string): Promise<string[]> => {
    const rows = await store.rows<{ line: string }>(
      `SELECT event_index || ' ' || rule || ' ' || pointer AS line FROM capture_error WHERE job_id = $1 ORDER BY ordinal`,
      [job],
    );
    return rows.map(({ line }) => line);
  };

  it.each(['whole', 'streamed'] as const)(
    'a %s document is held to the profiles of its sender',
    async (way) => {
      await profiles.put(needsId, now);
      const document = documentOf([
        { ...shipment(0), eventID: 'urn:x:1' },
        shipment(1),
        { ...shipment(2), bizStep: 'picking' },
      ]);
      const capture = (partner: string) => {
        const options = { partner, errorBehaviour: 'PROCEED' } as const;
        if (way === 'whole') return captures.capture(document, options);
        return captures.captureStream(piecesOf(JSON.stringify(document)), options);
      };
      const outcome = await capture(PARTNER);
      expect(outcome).toMatchObject({ state: 'PARTIAL', stored: 2, rejected: 1 });
      expect(await rulesOf(outcome.id)).toEqual([
        '1 profile:shipping@1:required /epcisBody/eventList/1/eventID',
      ]);
      expect(await capture(OTHER_PARTNER)).toMatchObject({ state: 'SUCCEEDED', stored: 3 });
      const judged = await profiles.ofJobs([outcome.id]);
      expect(judged).toMatchObject([
        { jobId: outcome.id, name: 'shipping', version: 1, schema: needsId.schema },
      ]);
    },
  );

  it('a new version takes the place of the one before, which stays; the same again is no version', async () => {
    await profiles.put(needsId, now);
    expect(await profiles.put(needsId, now)).toMatchObject({ version: 1 });
    const bizSteps = ['urn:epcglobal:cbv:bizstep:shipping'];
    expect(await profiles.put({ ...needsId, bizSteps }, now)).toMatchObject({ version: 1 });
    expect(await profiles.put({ ...needsId, schema: {} }, now)).toMatchObject({ version: 2 });
    const versions = await profiles.versions(PARTNER.toLowerCase());
    expect(versions.map(({ version, retiredAt }) => [version, retiredAt])).toEqual([
      [2, null],
      [1, now],
    ]);
    const options = { partner: PARTNER, errorBehaviour: 'ROLLBACK' } as const;
    expect(await captures.capture(documentOf(shipments(0, 1)), options)).toMatchObject({ stored: 1 });
  });

  it('every partner meets what is set for everybody, and none can lift what the operator has set', async () => {
    await profiles.put({ ...needsId, partner: null, bizSteps: [] }, now);
    expect(await profiles.inForce(OTHER_PARTNER)).toMatchObject([
      { partner: null, name: 'shipping', bizSteps: [] },
    ]);
    await profiles.put(needsId, now);
    const ofOperator = { code: 'PROFILE_OF_OPERATOR' };
    await expect(profiles.put({ ...needsId, schema: {}, setBy: 'PARTNER' }, now)).rejects.toMatchObject(
      ofOperator,
    );
    await expect(profiles.retire(PARTNER, 'shipping', 'PARTNER', now)).rejects.toMatchObject(ofOperator);
    expect(await profiles.retire(PARTNER, 'shipping', 'OPERATOR', now)).toBe(true);
    expect(await profiles.retire(PARTNER, 'shipping', 'OPERATOR', now)).toBe(false);
    expect(await profiles.inForce(PARTNER)).toHaveLength(1);
  });

  it('a profile is kept only if it can judge', async () => {
    const put = (more: object) => profiles.put({ ...needsId, ...more }, now);
    await expect(put({ schema: { requierd: [] } })).rejects.toMatchObject({
      code: 'PROFILE_INVALID',
      faults: [{ pointer: '/requierd', rule: 'keyword' }],
    });
    await expect(put({ name: 'No Name' })).rejects.toMatchObject({ code: 'PROFILE_NAME_INVALID' });
    await expect(put({ bizSteps: ['two words'] })).rejects.toMatchObject({ code: 'PROFILE_INVALID' });
    await expect(put({ partner: '0x12' })).rejects.toMatchObject({ code: 'PARTNER_ADDRESS_INVALID' });
    expect(await store.count('partner_profile')).toBe(0);
    for (let n = 0; n < PROFILES_A_PARTNER; n++) await put({ name: `n${n}` });
    await expect(put({ name: 'more' })).rejects.toMatchObject({ code: 'PROFILE_COUNT_EXCEEDED' });
  });

  it('a partner creates identifiers under its registered prefixes only, and may see those of others', async () => {
    const prefixes = new CompanyPrefixRepository(store.source);
    await prefixes.add(PARTNER, '4012345', now);
    await prefixes.add(PARTNER, '4012345', now);
    expect(await prefixes.of(PARTNER)).toEqual(['4012345']);
    const made = { ...shipment(1), action: 'ADD' as const, bizStep: 'commissioning', disposition: 'active' };
    const send = () =>
      captures.capture(documentOf([shipment(0), made]), { partner: PARTNER, errorBehaviour: 'PROCEED' });
    const refused = await send();
    expect(await rulesOf(refused.id)).toEqual(['1 company-prefix /epcisBody/eventList/1/epcList/0']);
    await prefixes.add(PARTNER, '9521141', now);
    expect(await send()).toMatchObject({ state: 'SUCCEEDED' });
    expect(await prefixes.remove(PARTNER, '9521141')).toBe(true);
    expect(await prefixes.remove(PARTNER, '9521141')).toBe(false);
    await expect(prefixes.add(PARTNER, '95', now)).rejects.toMatchObject({ code: 'COMPANY_PREFIX_INVALID' });
  });
});

async function* piecesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
