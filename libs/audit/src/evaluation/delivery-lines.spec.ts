import { describe, expect, it } from '@jest/globals';
import { lineFindings, type DeliveryLine } from './delivery-lines.js';

const line = (number: number, change: Partial<DeliveryLine> = {}): DeliveryLine => ({
  ...{ line: number, scheduled: '2010-03-01', delivered: '2010-03-03', recorded: '2010-03-04' },
  ...{ ordered: '2010-01-01', sameness: `${number}` },
  ...change,
});

describe('lineFindings', () => {
  it('leaves alone what is in time, in order and there once', () => {
    expect(lineFindings([line(2), line(3, { ordered: undefined })], 14)).toEqual([]);
  });

  it('says by how many days a line is late, from the first day over the bound', () => {
    expect(lineFindings([line(2, { delivered: '2010-03-15', recorded: '2010-03-15' })], 14)).toEqual([]);
    const [found] = lineFindings([line(2, { delivered: '2010-03-16', recorded: '2010-03-16' })], 14);
    expect(found).toMatchObject({ line: 2, kind: 'late' });
    expect(found?.explanation).toMatch(/15 days/);
  });

  it('sees a record before its delivery and an order after it', () => {
    const found = lineFindings([line(9, { recorded: '2010-03-01', ordered: '2010-04-02' })], 14);
    expect(found.map(({ kind, explanation }) => [kind, /(\d+) days/.exec(explanation)?.[1]])).toEqual([
      ['out of order', '2'],
      ['out of order', '30'],
    ]);
  });

  it('names the line that a duplicate repeats', () => {
    const found = lineFindings([line(2, { sameness: 'x' }), line(5, { sameness: 'x' })], 14);
    expect(found).toEqual([{ line: 5, kind: 'duplicate', explanation: expect.stringMatching(/line 2$/) }]);
  });
});
