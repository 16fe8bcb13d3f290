import { describe, expect, it } from '@jest/globals';
import { orderDate } from './delivery-lines.js';

describe('order dates of the SCMS history', () => {
  it.each([
    ['5/23/07', '2007-05-23'],
    ['11/13/2006', '2006-11-13'],
    ['2001-10-07', '2007-01-10'],
    ['2012-10-07', '2007-12-10'],
    ['13-Nov-06', '2006-11-13'],
    ['2013-10-07', undefined],
    ['2/30/07', undefined],
    ['Date Not Captured', undefined],
    ['N/A - From RDC', undefined],
  ])('%s is %s', (text, date) => {
    expect(orderDate(text)).toBe(date);
  });
});
