import { describe, expect, it } from '@jest/globals';
import { readingsCsv } from './readings-csv.js';

describe('readings as CSV', () => {
  it('has a line a reading, with the grant, and leaves no formula of a stranger’s name', () => {
    const reading = {
      ...{ id: '1', readAt: '2026-03-05T12:00:00Z', grantId: 'g', reader: '0x0b' as const },
      ...{ operation: 'graphql events', rowCount: 2 },
    };
    const text = readingsCsv([reading, { ...reading, grantId: 'gone' }], [], () => '=HYPERLINK("x")');
    expect(text.split('\r\n')).toEqual([
      'read_at,reader,reader_name,asked_for,rows,grant,kind,resource',
      `2026-03-05T12:00:00Z,0x0b,"'=HYPERLINK(""x"")",graphql events,2,g,,`,
      `2026-03-05T12:00:00Z,0x0b,"'=HYPERLINK(""x"")",graphql events,2,gone,,`,
      '',
    ]);
  });
});
