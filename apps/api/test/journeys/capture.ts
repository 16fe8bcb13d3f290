import { describe, expect, it } from '@jest/globals';
import { API_KEY, type ApiUnderTest } from '../kit/api-under-test.js';
import { commissioning } from '../kit/epcis-documents.js';

/** Who may send events, and what comes of sending them. */
export function capturing(api: () => ApiUnderTest): void {
  describe('capture', () => {
    const mutation = 'mutation ($document: JSON!) { captureEvents(document: $document) { id } }';

    it.each([[{}], [{ 'x-api-key': 'wrong' }], [{ 'x-api-key': 'k'.repeat(300) }]])(
      'is refused with headers %j',
      async (headers: Record<string, string>) => {
        const [{ count: before }] = await api().dataSource.query('SELECT count(*) FROM capture_job');
        const { data, errors } = await api().post(mutation, { document: commissioning(500, 1) }, headers);
        expect(data).toBeNull();
        expect(errors[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
        const [{ count: after }] = await api().dataSource.query('SELECT count(*) FROM capture_job');
        expect(after).toBe(before);
      },
    );

    it('stores the same document once', async () => {
      const text =
        'mutation ($document: JSON!) { captureEvents(document: $document) { state stored duplicate } }';
      const send = (): ReturnType<ApiUnderTest['post']> =>
        api().post(text, { document: commissioning(600, 3) }, { 'x-api-key': API_KEY });
      expect((await send()).data).toEqual({ captureEvents: { state: 'SUCCEEDED', stored: 3, duplicate: 0 } });
      expect((await send()).data).toEqual({ captureEvents: { state: 'SUCCEEDED', stored: 0, duplicate: 3 } });
    });

    it('says where a document holds a zero byte that no text of Postgres can', async () => {
      const document = commissioning(650, 1) as { epcisBody: { eventList: Record<string, unknown>[] } };
      document.epcisBody.eventList[0]!['a\u0000b'] = 1;
      const text = `mutation ($document: JSON!) { captureEvents(document: $document) {
        state errors { pointer } } }`;
      const { data, errors } = await api().post(text, { document }, { 'x-api-key': API_KEY });
      expect(errors).toEqual([]);
      expect(JSON.stringify(data)).toContain('␀');
    });

    it('refuses what is no document', async () => {
      const { errors } = await api().post(mutation, { document: 7 }, { 'x-api-key': API_KEY });
      expect(errors[0]?.extensions).toEqual({ code: 'ARGUMENT_INVALID' });
    });
  });
}
