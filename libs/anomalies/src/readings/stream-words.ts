import type { StreamIdentity } from './sensor-readings.js';
import type { StreamAlarm } from './stream-watch.js';

const amount = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
/** UN/CEFACT Recommendation 20, where people write something else. */
const UNITS: Readonly<Record<string, string>> = {
  CEL: '°C',
  FAH: '°F',
  KEL: 'K',
  P1: '%',
  A93: 'g/m³',
  LUX: 'lx',
  MTS: 'm/s',
  HPA: 'hPa',
  PAL: 'Pa',
};

/** One sentence that says what was read, what was usual, and how new that is. */
export function streamWords(
  { kind, uom }: StreamIdentity,
  { at, usual, novelty }: Pick<StreamAlarm, 'at' | 'usual' | 'novelty'>,
): string {
  const unit = uom === '' ? '' : ` ${UNITS[uom] ?? uom}`;
  return `${kind} ${amount.format(at.value)}${unit}, where about ${amount.format(usual)}${unit} was usual: the last readings are unlike any stretch before them, ${amount.format(novelty)} times as far as is usual.`;
}
