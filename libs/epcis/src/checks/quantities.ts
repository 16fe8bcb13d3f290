import type { EpcisEvent, JsonObject, QuantityElement } from '../epcis.types.js';
import { QUANTITY_LISTS, type EventFault } from './event-fault.js';
import { isCounted, isUnit } from './units.js';

/** Lowest temperature there is, by unit. */
const ABSOLUTE_ZERO: Readonly<Record<string, number>> = { CEL: -273.15, FAH: -459.67, KEL: 0 };

/** Amounts that cannot be: negative ones, half pieces, units that do not exist, readings beyond nature. */
export function quantityFaults(event: EpcisEvent): EventFault[] {
  const faults: EventFault[] = [];
  for (const list of QUANTITY_LISTS) {
    event[list]?.forEach((element, index) => faults.push(...amountFaults(element, `/${list}/${index}`)));
  }
  event.sensorElementList?.forEach(({ sensorReport }, element) => {
    sensorReport.forEach((report, index) =>
      faults.push(...readingFaults(report, `/sensorElementList/${element}/sensorReport/${index}`)),
    );
  });
  return faults;
}

function amountFaults({ quantity, uom }: QuantityElement, pointer: string): EventFault[] {
  const faults: EventFault[] = [];
  if (quantity !== undefined && quantity < 0) {
    const expected = 'a quantity of zero or more; say by action or bizStep that goods went away';
    faults.push({
      pointer: `${pointer}/quantity`,
      rule: 'negative-quantity',
      found: String(quantity),
      expected,
    });
  }
  if (quantity !== undefined && !Number.isInteger(quantity) && (uom === undefined || isCounted(uom))) {
    const expected =
      uom === undefined
        ? 'a whole number of pieces, or a uom that says what is measured'
        : `a whole number of ${uom}`;
    faults.push({
      pointer: `${pointer}/quantity`,
      rule: 'fractional-count',
      found: String(quantity),
      expected,
    });
  }
  if (uom !== undefined && quantity === undefined) {
    const expected = 'a quantity beside the unit, or neither';
    faults.push({ pointer: `${pointer}/uom`, rule: 'unit-without-quantity', found: uom, expected });
  }
  return uom === undefined ? faults : [...faults, ...unitFaults(uom, `${pointer}/uom`)];
}

function unitFaults(uom: string, pointer: string): EventFault[] {
  if (isUnit(uom)) return [];
  const expected = 'a code of UN/CEFACT Recommendation 20, as KGM, LTR, MTR or H87';
  return [{ pointer, rule: 'unit', found: uom.slice(0, 80), expected }];
}

function readingFaults(report: JsonObject, pointer: string): EventFault[] {
  const faults: EventFault[] = [];
  const number = (key: string): number | undefined => {
    const value = report[key];
    return typeof value === 'number' ? value : undefined;
  };
  const between = (
    key: string,
    least: number | undefined,
    most: number | undefined,
    expected: string,
  ): void => {
    const value = number(key);
    if (value === undefined || (value >= (least ?? -Infinity) && value <= (most ?? Infinity))) return;
    faults.push({ pointer: `${pointer}/${key}`, rule: 'impossible-reading', found: String(value), expected });
  };
  const { uom } = report;
  if (typeof uom === 'string') {
    faults.push(...unitFaults(uom, `${pointer}/uom`));
    const coldest = ABSOLUTE_ZERO[uom];
    for (const key of coldest === undefined ? [] : ['value', 'minValue', 'maxValue', 'meanValue']) {
      between(key, coldest, undefined, `no colder than absolute zero, ${coldest} ${uom}`);
    }
  }
  between('minValue', undefined, number('maxValue'), `at most maxValue ${number('maxValue')}`);
  between('sDev', 0, undefined, 'a standard deviation of zero or more');
  between('percRank', 0, 100, 'a rank from 0 to 100');
  return faults;
}
