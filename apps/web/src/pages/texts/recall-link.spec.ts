import { describe, expect, it } from '@jest/globals';
import { criteriaOf } from '../recalls/criteria.js';
import { recallLink } from './recall-link.js';

describe('recallLink', () => {
  it('leads to a recall page that reads the same criteria', () => {
    const fields = {
      items: ['https://id.gs1.org/01/09521234000013/10/L%207', 'https://id.gs1.org/00/095212340000000012'],
      products: [],
      sites: ['https://id.gs1.org/414/9521234000006'],
      from: '2026-01-30T00:00:00.000Z',
      to: '2026-02-01T00:00:00.000Z',
    };
    const search = new URL(recallLink(fields), 'http://localhost').searchParams;
    const { products: _none, ...rest } = fields;
    expect(criteriaOf(search)).toEqual(rest);
  });
});
