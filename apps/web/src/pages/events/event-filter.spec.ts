import { describe, expect, it } from '@jest/globals';
import { eventFilter } from './event-filter.js';

const from = (text: string) => eventFilter(new URLSearchParams(text));

describe('eventFilter', () => {
  it('takes known values and leaves out the rest', () => {
    expect(from('status=ANCHORED&bizStep=shipping&item=x&other=1')).toEqual({
      status: 'ANCHORED',
      bizStep: 'shipping',
      item: 'x',
    });
  });

  it('does not send a status that the api would refuse', () => {
    expect(from('status=LOST&from=never')).toEqual({});
  });

  it('takes a partner by a whole address', () => {
    const partner = `0x${'aB'.repeat(20)}`;
    expect(from(`partner=${partner}`)).toEqual({ partner });
    expect(from('partner=0xab')).toEqual({});
  });

  it('includes the last day', () => {
    expect(from('from=2026-01-01&to=2026-01-31')).toEqual({
      from: '2026-01-01T00:00:00.000Z',
      to: '2026-02-01T00:00:00.000Z',
    });
  });
});
