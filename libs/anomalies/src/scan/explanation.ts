import type { DetectorName } from '../contract/detector.js';
import type { Candidate } from './judge-series.js';

const WORDS: Readonly<Record<DetectorName, string>> = {
  'forecast-residual': 'far from what the last values led to expect',
  'robust-seasonal': 'far from the usual value of this part of the season',
  'windowed-gaussian': 'far from the mean of all that was seen',
  'level-shift': 'the last values lie on another level, or move more or less than before',
  'spectral-residual': 'it stands out from the rhythm of the values before it',
  subsequence: 'the last values form a shape that was not seen before',
  'isolation-forest': 'the value, its change and its surroundings together are unlike those before',
};

const amount = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

/** One sentence that says what is strange, by how much, and who agrees. */
export function explanationOf({ value, expected, detector, pValue, agreeing, detectors }: Candidate): string {
  const against = expected === null ? '' : `, where about ${amount.format(expected)} was usual`;
  const rarity =
    pValue < 1e-6 ? 'less than once in a million periods' : `once in ${amount.format(1 / pValue)} periods`;
  return `${amount.format(value)}${against}: ${WORDS[detector]}; as strange ${rarity}; ${agreeing} of ${detectors} detectors agree.`;
}
