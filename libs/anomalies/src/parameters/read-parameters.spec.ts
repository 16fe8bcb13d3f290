import { describe, expect, it } from '@jest/globals';
import { FUSION } from '../fusion/fusion-config.js';
import { learnsAnew, learnsEventsAnew, parameterChanges } from './parameter-change.js';
import { PARAMETER_FIELDS, parameterLines } from './parameter-fields.js';
import { AnomalyParameterSet, SHIPPED_EVENT_PARAMETERS, SHIPPED_PARAMETERS } from './parameter-set.js';
import { parseParameters, readParameters } from './read-parameters.js';

type Node = Record<string, unknown>;

const edited = (
  change: (file: Record<'series' | 'readings' | 'events', Node> & Node) => void,
  from = SHIPPED_PARAMETERS,
): Uint8Array => {
  const file = JSON.parse(Buffer.from(from.toBytes()).toString());
  change(file);
  return new TextEncoder().encode(JSON.stringify(file, null, 2));
};
const WITH_EVENTS = new AnomalyParameterSet(
  SHIPPED_PARAMETERS.series,
  SHIPPED_PARAMETERS.readings,
  SHIPPED_EVENT_PARAMETERS,
);
const weightsOf = (file: { series: Node }): Node => file.series['weights'] as Node;

describe('a file of anomaly parameters', () => {
  it('comes back from its bytes, and its bytes have one hash', () => {
    const set = new AnomalyParameterSet(
      { ...SHIPPED_PARAMETERS.series, capOrders: 12.5 },
      { ...SHIPPED_PARAMETERS.readings, alarmNovelty: 3 },
    );
    const again = readParameters(set.toBytes());
    expect(again).toEqual(set);
    expect(again.version).toBe(set.version);
    expect(set.version).not.toBe(SHIPPED_PARAMETERS.version);
  });

  it('comes with the program as what judged before parameters were voted on', () => {
    // The weights, cap and thresholds of which experiments/anomaly-nab and anomaly-readings tell.
    expect(Object.entries(FUSION.weights).filter(([, weight]) => weight > 0)).toEqual([
      ['forecast-residual', 0.31],
      ['isolation-forest', 0.12],
      ['level-shift', 0.13],
      ['robust-seasonal', 0.36],
      ['subsequence', 0.07],
    ]);
    expect(FUSION).toMatchObject({ cap: 30, lengthPenalty: 0, quietValues: 100, quietShare: 0 });
    expect(
      parameterLines(SHIPPED_PARAMETERS)
        .slice(7, 13)
        .map(({ value }) => value),
    ).toEqual([30, 60, 0.05, 520, 2, 120]);
    // Bytes that are voted on must not change by accident.
    expect(SHIPPED_PARAMETERS.version).toBe(
      '0x09c5df4bb71217ee33a1744d3f7d3e27492bbbe10047c4a84f3834943969d2c4',
    );
  });

  it.each<[string, RegExp, Uint8Array]>([
    ['bytes that are no JSON', /not JSON.*\.\/tallyhouse anomaly parameters/, new Uint8Array([1, 2])],
    ['a list', /one JSON object/, new TextEncoder().encode('[]')],
    ['another format', /format: expected .*found "x"/, edited((file) => void (file['format'] = 'x'))],
    [
      'a field that is missing',
      /series\.capOrders: expected a number of 1 to 300, found nothing/,
      edited(({ series }) => void delete series['capOrders']),
    ],
    [
      'text for a number',
      /readings\.alarmNovelty: .* found "2"/,
      edited(({ readings }) => void (readings['alarmNovelty'] = '2')),
    ],
    [
      'a part of a period',
      /minimumHistory: expected a whole number/,
      edited(({ series }) => void (series['minimumHistory'] = 60.5)),
    ],
    [
      'a section that is no object',
      /readings\.learningReadings: .* found nothing/,
      edited((file) => void (file['readings'] = 7 as never)),
    ],
    [
      'a misspelt field',
      /series\.cap: there is no such field; take it out/,
      edited(({ series }) => void (series['cap'] = 3)),
    ],
    [
      'a section of events that is not whole',
      /events\.window: expected a whole number of 100 to 10000, found nothing/,
      edited(({ events }) => void delete events['window'], WITH_EVENTS),
    ],
    [
      'a section of events that is none',
      /events\.learningEvents: .* found nothing/,
      edited((file) => void (file['events'] = null as never)),
    ],
    [
      'a misspelt field of events',
      /events\.trees: there is no such field/,
      edited(({ events }) => void (events['trees'] = 40), WITH_EVENTS),
    ],
    [
      'a detector that there is not',
      /series\.weights\.oracle: there is no such field/,
      edited((file) => void (weightsOf(file)['oracle'] = 1)),
    ],
    [
      'silence',
      /series\.weights: expected a share above 0/,
      edited((file) => {
        for (const name of Object.keys(weightsOf(file))) weightsOf(file)[name] = 0;
      }),
    ],
  ])('refuses %s, and says where, why and what to do', (_, reason, bytes) => {
    expect(() => parseParameters(bytes)).toThrow(reason);
  });

  it('takes every number at its bounds and none beyond', () => {
    for (const { name, least, most } of PARAMETER_FIELDS) {
      const [section, ...rest] = name.split('.');
      const withValue = (value: number) =>
        edited((file) => {
          const node = file[section!] as Node;
          ((rest.length === 2 ? node[rest[0]!] : node) as Node)[rest.at(-1)!] = value;
        }, WITH_EVENTS);
      for (const value of [least, most]) {
        const lines = parameterLines(parseParameters(withValue(value)));
        expect(lines.find((line) => line.name === name)!.value).toBe(value);
      }
      for (const value of [least - 1e-3, most * 1.001 + 1])
        expect(() => parseParameters(withValue(value))).toThrow(`${name}: expected a`);
    }
  });

  it('may leave out how events are judged, which the program then says', () => {
    expect(SHIPPED_PARAMETERS.events).toBeUndefined();
    expect(SHIPPED_PARAMETERS.eventsInForce).toEqual(SHIPPED_EVENT_PARAMETERS);
    expect(readParameters(WITH_EVENTS.toBytes())).toEqual(WITH_EVENTS);
    expect(WITH_EVENTS.version).not.toBe(SHIPPED_PARAMETERS.version);
    // The numbers are the same, whoever says them.
    expect(parameterChanges(SHIPPED_PARAMETERS, WITH_EVENTS)).toEqual([]);
    const after = (change: Node) =>
      parseParameters(edited(({ events }) => void Object.assign(events, change), WITH_EVENTS));
    expect(parameterChanges(SHIPPED_PARAMETERS, after({ window: 2_000 }))).toMatchObject([
      { name: 'events.window', before: 1_000, after: 2_000 },
    ]);
    expect(learnsEventsAnew(SHIPPED_PARAMETERS, after({ window: 2_000, tailCaution: 2 }))).toBe(false);
    expect(learnsEventsAnew(SHIPPED_PARAMETERS, after({ memory: 600 }))).toBe(true);
  });

  it('may be edited with spaces, and is voted on without', () => {
    const spaced = edited(() => undefined);
    expect(parseParameters(spaced).version).toBe(SHIPPED_PARAMETERS.version);
    expect(() => readParameters(spaced)).toThrow(/canonical/);
  });

  it('tells what changes, and when sensors have to be learned from anew', () => {
    const after = parseParameters(
      edited(({ series, readings }) => {
        series['capOrders'] = 20;
        readings['learningReadings'] = 600;
      }),
    );
    expect(parameterChanges(SHIPPED_PARAMETERS, after)).toMatchObject([
      { name: 'series.capOrders', before: 30, after: 20 },
      { name: 'readings.learningReadings', before: 520, after: 600 },
    ]);
    // 520 to 623 readings: five come to a value.
    expect(learnsAnew(SHIPPED_PARAMETERS.readings, after.readings)).toBe(false);
    expect(learnsAnew(SHIPPED_PARAMETERS.readings, { ...after.readings, learningReadings: 624 })).toBe(true);
  });
});
