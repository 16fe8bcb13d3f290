import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { API_KEY, startApi, type ApiUnderTest } from './kit/api-under-test.js';
import { ChainRows, hash, PARTNER } from './kit/chain-rows.js';

jest.setTimeout(120_000);

const PRODUCT = 'https://id.gs1.org/01/09521141012345';
const SITE = 'https://id.gs1.org/414/9521141000014';
const AT_SITE = hash(1_001);
const ALL_SITES = hash(1_002);
const KEY = { 'x-api-key': API_KEY };
const SAY = `mutation S($statements: [CovariateStatementInput!]!) { sayCovariates(statements: $statements) { kept } }`;
const ASK = `query A($id: ID!) { seriesById(id: $id) {
  stockOutPeriods stockOuts { number site firstDay lastDay share saidBy saidAt recordedAt } } }`;

describe('stock-outs by the api', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await startApi({ PARTNER_DATA: 'private' });
    await new ChainRows(api.dataSource).checkpoint();
    await api.dataSource.query(
      `INSERT INTO series (id, partner, measure, frequency, grain, product, site, label)
       VALUES ($1, $3, 'DEMAND', 'MONTHLY', 'PRODUCT_SITE', $4, $5, 'a'), ($2, $3, 'DEMAND', 'MONTHLY', 'PRODUCT', $4, NULL, 'b')`,
      [AT_SITE, ALL_SITES, PARTNER, PRODUCT, SITE],
    );
  }, 100_000);
  afterAll(() => api?.stop());

  const statement = (over: object = {}) => ({
    ...{ covariate: 'stock_out', product: '9521141012345', site: '9521141000014', value: '1' },
    ...{ from: '2026-03-09', to: '2026-03-15', ...over },
  });
  const ask = async (id: string, headers: Record<string, string> = KEY): Promise<unknown> => {
    const { data, errors } = await api.post(ASK, { id }, headers);
    expect(errors).toEqual([]);
    return data!['seriesById'];
  };

  it('are none until somebody says so', async () => {
    expect(await ask(AT_SITE)).toEqual({ stockOutPeriods: [], stockOuts: [] });
  });

  it('are kept with who said them and when, and count where the shelf was empty for a tenth of the month', async () => {
    const statements = [statement(), statement({ from: '2026-05-02', to: '2026-05-03' })];
    const { data, errors } = await api.post(SAY, { statements }, KEY);
    expect([errors, data]).toEqual([[], { sayCovariates: { kept: 2 } }]);
    expect(await ask(AT_SITE)).toEqual({
      stockOutPeriods: ['2026-03-01T00:00:00.000Z'],
      stockOuts: [
        {
          ...{ number: 1, site: SITE, firstDay: '2026-03-09', lastDay: '2026-03-15', share: 1 },
          ...{ saidBy: PARTNER, saidAt: expect.any(String), recordedAt: expect.any(String) },
        },
        expect.objectContaining({ number: 2, firstDay: '2026-05-02', lastDay: '2026-05-03' }),
      ],
    });
    expect(await ask(ALL_SITES)).toMatchObject({
      stockOutPeriods: [],
      stockOuts: [{ number: 1 }, { number: 2 }],
    });
  });

  it('are taken back by a statement of the same days, which stays beside the first', async () => {
    await api.post(SAY, { statements: [statement({ value: '0' })] }, KEY);
    expect(await ask(AT_SITE)).toMatchObject({
      stockOutPeriods: [],
      stockOuts: [{ share: 1 }, { share: 1 }, { share: 0 }],
    });
  });

  it('are nobody else’s to see, and refused in plain words', async () => {
    expect(await ask(AT_SITE, {})).toBeNull();
    const { errors } = await api.post(SAY, { statements: [statement({ value: 'yes' })] }, KEY);
    expect(errors[0]?.message).toContain(
      'statements[0].value: "yes" is no share of the days from 0 to 1; write 1 for a shelf that was empty throughout',
    );
  });
});
