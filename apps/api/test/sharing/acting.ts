import { beforeAll, describe, expect, it } from '@jest/globals';
import { unitHash } from '@tallyhouse/audit';
import { PasskeyRepository } from '@tallyhouse/identity';
import { API_KEY, type ApiUnderTest } from '../kit/api-under-test.js';
import { FIRST_VERSION, PARTNER } from '../kit/chain-rows.js';
import { PALLET, piece } from '../kit/epcis-documents.js';
import { SERIES_ID } from '../kit/forecast-rows.js';
import { addPartner, addressOf, addSession, type Headers } from '../kit/partners.js';
import type { World } from '../kit/world.js';

const OWNER = { 'x-api-key': API_KEY };
const SHOP = addressOf('a7');
const OPEN_DRILL = `mutation ($criteria: RecallCriteria!) { openRecall(criteria: $criteria, drill: true) { id } }`;
const ANSWER = 'mutation ($id: ID!) { answerDrill(id: $id, recovered: 1) { id state } }';
const END = 'mutation ($id: ID!) { endDrill(id: $id, outcome: "found") { state outcome } }';

/** What changes something, where the database lets nobody write for another. */
export function acting(api: () => ApiUnderTest, world: () => World): void {
  describe('of partners whose rows are private', () => {
    let shop: Headers;
    let stranger: Headers;

    beforeAll(async () => {
      const { chain } = world();
      shop = await addPartner(api(), chain, SHOP, 'shop with goods');
      stranger = await addPartner(api(), chain, addressOf('a8'), 'shop without');
      await chain.fact('custody_accepted', { unit: unitHash(PALLET), sender: PARTNER, recipient: SHOP });
      await chain.checkpoint();
    });

    const act = async (query: string, variables: object, headers: Headers = OWNER): Promise<unknown> => {
      const { data, errors } = await api().post(query, variables, headers);
      return errors.length > 0 ? errors.map(({ message }) => message).join() : data;
    };

    it('a drill is answered by who was told of it, and ended by its opener', async () => {
      const opened = await act(OPEN_DRILL, { criteria: { items: [piece(1)] } });
      const { id } = (opened as { openRecall: { id: string } }).openRecall;
      expect(await act(ANSWER, { id }, shop)).toEqual({ answerDrill: { id, state: 'OPEN' } });
      expect(await act(ANSWER, { id }, stranger)).toContain('there is none of this id');
      expect(await act(END, { id }, shop)).toContain('only its opener');
      expect(await act(END, { id })).toEqual({ endDrill: { state: 'CLOSED', outcome: 'found' } });
      expect(await act(ANSWER, { id }, shop)).toContain('the drill has ended');
    });

    it('an anomaly is judged by who sees its series', async () => {
      const [{ id }] = await api().dataSource.query<[{ id: string }]>(
        `INSERT INTO anomaly (series_id, period_start, value, p_value, q_value, detector, explanation, window_start,
           window_end, model_version, from_block)
         VALUES ($1, '2026-01-12Z', 9, 0.0001, 0.0001, 'd', 'It fell', '2026-01-05Z', '2026-01-12Z', $2, 1)
         RETURNING id::text`,
        [SERIES_ID, FIRST_VERSION],
      );
      const label = 'mutation ($id: ID!) { labelAnomaly(id: $id, label: { verdict: REAL }) { labelsReal } }';
      expect(await act(label, { id }, shop)).toContain(`no anomaly has the id ${id}`);
      expect(await act(label, { id })).toEqual({ labelAnomaly: { labelsReal: 1 } });
    });

    it('an unusual event is judged by who sees all events of its sender', async () => {
      const dataSource = api().dataSource;
      await dataSource.query(`INSERT INTO event_stream VALUES ('acting', $1, 'shipping', 1000)`, [PARTNER]);
      const [{ id }] = await dataSource.query<[{ id: string }]>(
        `INSERT INTO anomaly (event_stream_id, event_id, period_start, value, expected, p_value, q_value, detector, explanation,
           window_start, window_end, model_version, from_block)
         SELECT 'acting', id, event_time, 4000, 40, 0.0001, 0.01, 'isolation-forest', 'Far more', event_time, event_time, $2, 1
         FROM epcis_event WHERE partner = $1 LIMIT 1 RETURNING id::text`,
        [PARTNER, FIRST_VERSION],
      );
      const label = 'mutation ($id: ID!) { labelAnomaly(id: $id, label: { verdict: REAL }) { labelsReal } }';
      expect(await act(label, { id }, shop)).toContain(`no anomaly has the id ${id}`);
      expect(await act(label, { id })).toEqual({ labelAnomaly: { labelsReal: 2 } });
      const list =
        '{ anomalies(first: 5, filter: { source: EVENTS, level: 0.25 }) { edges { node { eventStream { bizStep } verdict } } } }';
      const shown = { node: { eventStream: { bizStep: 'shipping' }, verdict: 'REAL' } };
      expect(await act(list, {})).toEqual({ anomalies: { edges: [shown] } });
      expect(await act(list, {}, shop)).toEqual({ anomalies: { edges: [] } });
    });

    it('a profile is put in force and retired by its partner alone', async () => {
      const put = `mutation { putPartnerProfile(input: { name: "lots", schema: { type: "object" } }) {
        profile { name version } faults { found } } }`;
      const retire = 'mutation { retirePartnerProfile(name: "lots") }';
      expect(await act(put, {})).toEqual({
        putPartnerProfile: { profile: { name: 'lots', version: 1 }, faults: [] },
      });
      expect(await act(retire, {}, shop)).toEqual({ retirePartnerProfile: false });
      expect(await act(retire, {})).toEqual({ retirePartnerProfile: true });
    });

    it('a measure is set by who numbered the product', async () => {
      const product = 'https://id.gs1.org/01/09521141012345';
      await api().dataSource.query(
        `INSERT INTO product_class (uri, name, product_group, partner) VALUES ($1, 'Crisps', 'food', $2)
         ON CONFLICT DO NOTHING`,
        [product, PARTNER],
      );
      const set = `mutation { setProductMeasure(measure: { product: "${product}", netContent: 0.2, uom: "KGM" }) {
        netContent uom } }`;
      expect(await act(set, {}, shop)).toContain('another partner has numbered this class');
      expect(await act(set, {})).toEqual({ setProductMeasure: { netContent: 0.2, uom: 'KGM' } });
    });

    it('a passkey is renamed and removed by its account alone', async () => {
      const [mine, theirs] = [addressOf('a9'), addressOf('aa')];
      const headers = await addSession(api(), mine, 'mine');
      const other = await addSession(api(), theirs, 'theirs');
      const { id } = await api()
        .app.get(PasskeyRepository, { strict: false })
        .add(
          {
            ...{ address: mine, credentialId: 'c', publicKey: Buffer.from([1]), rpId: 'tally.example' },
            ...{ counter: 0, transports: [], deviceType: 'singleDevice', isBackedUp: false, name: 'phone' },
          },
          new Date(),
        );
      const rename = `mutation { renamePasskey(id: "${id}", name: "desk") }`;
      const remove = `mutation { removePasskey(id: "${id}") }`;
      expect(await act(rename, {}, other)).toEqual({ renamePasskey: false });
      expect(await act(rename, {}, headers)).toEqual({ renamePasskey: true });
      expect(await act(remove, {}, other)).toEqual({ removePasskey: false });
      expect(await act(remove, {}, headers)).toEqual({ removePasskey: true });
      expect(await act(remove, {}, headers)).toEqual({ removePasskey: false });
    });
  });
}
