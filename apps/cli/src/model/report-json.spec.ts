import { describe, expect, it } from '@jest/globals';
import { readAnomalyReport } from '../anomaly/evaluation-report.js';
import { readLatenessReport } from '../lateness/lateness-report.js';
import { readReport } from './read-report.js';

describe('a report that somebody put forward', () => {
  it.each(['', '{', 'null', '[]', '"text"', '{"format":"another/1"}'])(
    'is none of ours, and no failure, where it says %j',
    (text) => {
      const bytes = new TextEncoder().encode(text);
      for (const read of [readReport, readAnomalyReport, readLatenessReport])
        expect(read(bytes)).toBeUndefined();
    },
  );
});
