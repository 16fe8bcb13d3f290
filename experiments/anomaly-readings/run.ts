import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { StreamWatch, type TakenReading } from '@tallyhouse/anomalies';
import { seededRandom, type Random } from '@tallyhouse/compute';

const MINUTE_MS = 60_000;
const STREAMS = 12;
const QUIET_READINGS = 20_000;
const PLANTED = 3_000;
/** An event that is told of later than this is missed. */
const IN_TIME = 60;

const wave =
  (random: Random, period: number, height: number) =>
  (at: number): number =>
    20 + height * Math.sin((2 * Math.PI * at) / period) + random.normal();

/** What sensors read where nothing happens, each with a spread near 1 but for its wave. */
const KINDS: Readonly<Record<string, (random: Random) => (at: number) => number>> = {
  noise: (random) => () => 4.5 + random.normal(),
  rounded: (random) => () => Math.round(4 * random.normal()) / 4,
  'wave of 24 readings': (random) => wave(random, 24, 5),
  'wave of 288 readings': (random) => wave(random, 288, 20),
  'slow wandering': (random) => {
    let value = 0;
    return () => (value = 0.95 * value + 0.31 * random.normal());
  },
  'a door that opens once in 100': (random) => () =>
    random.uniform() < 0.01 ? 10 + 2 * random.uniform() : 4.5 + random.normal(),
};

/** What is added from the planted reading on, in spreads of the noise. */
const EVENTS: Readonly<Record<string, (after: number) => number>> = {
  '4 for 40 readings': (after) => (after < 40 ? 4 : 0),
  '8 for 40 readings': (after) => (after < 40 ? 8 : 0),
  '8 for good': () => 8,
  '12 for 5 readings': (after) => (after < 5 ? 12 : 0),
  '60 for 5 readings': (after) => (after < 5 ? 60 : 0),
};

function alarmsOf(
  make: (random: Random) => (at: number) => number,
  seed: number,
  count: number,
  event: (after: number) => number = () => 0,
) {
  const value = make(seededRandom(seed));
  const readings: TakenReading[] = Array.from({ length: count }, (_, at) => ({
    timeMs: at * MINUTE_MS,
    value: value(at) + (at >= PLANTED ? event(at - PLANTED) : 0),
    eventId: String(at),
  }));
  return StreamWatch.of(null)
    .take(readings)
    .alarms.map(({ at }) => Number(at.eventId));
}

const seeds = Array.from({ length: STREAMS }, (_, at) => 1_000 + at);
const kinds = Object.fromEntries(
  Object.entries(KINDS).map(([kind, make]) => {
    const quiet = seeds.reduce((sum, seed) => sum + alarmsOf(make, seed, QUIET_READINGS).length, 0);
    const found = Object.entries(EVENTS).map(([event, shape]) => {
      const told = seeds.filter((seed) =>
        alarmsOf(make, seed + 500, PLANTED + IN_TIME, shape).some((at) => at >= PLANTED),
      );
      return [event, told.length] as const;
    });
    return [kind, { falseAlarms: quiet, found: Object.fromEntries(found) }] as const;
  }),
);
const results = { streams: STREAMS, readingsAKind: STREAMS * QUIET_READINGS, kinds };
writeFileSync(resolve('experiments/anomaly-readings/results.json'), `${JSON.stringify(results, null, 2)}\n`);
console.log(JSON.stringify(results));
