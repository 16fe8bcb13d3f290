import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EventWatch, eventWords, type CapturedEvent, type EventAlarm } from '@tallyhouse/anomalies';
import { seededRandom, type Random } from '@tallyhouse/compute';
import { simulateItems } from '@tallyhouse/simulation';
import { shipments } from '../../libs/anomalies/test/shipments.js';
import { captured } from './captured.js';

const LEVELS = [0.05, 0.1, 0.25];
const EVENTS = 60_000;
/** None of them was used while numbers were chosen. */
const SEEDS = [931_021, 931_022, 931_023];
const FAULT_RATE = 0.35;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** One event in so many is changed in a world with planted events. */
const PLANTED_ONE_IN = 500;
/** Streams of shipments in working hours, and the place of the one that is changed. */
const [QUIET_STREAMS, CHANGED_STREAMS, CHANGED] = [20, 40, 600];
/** Nothing is planted before a stream has so many events: it is still learned from. */
const LEARNED = 300;

/** What is done to an event. */
const PLANTS: Readonly<Record<string, (event: CapturedEvent, random: Random) => CapturedEvent>> = {
  'a hundred times the amount': (event) => {
    const { quantity, items } = event;
    return quantity === null ? { ...event, items: 100 * items } : { ...event, quantity: 100 * quantity };
  },
  'ten times the amount': (event) => {
    const { quantity, items } = event;
    return quantity === null ? { ...event, items: 10 * items } : { ...event, quantity: 10 * quantity };
  },
  'at 03:10 on a Sunday': (event) => {
    const localMs = event.timeMs + event.offsetMinutes * 60_000;
    // 1970-01-04 was a Sunday.
    const sundayMs = Math.floor((localMs - 3 * DAY_MS) / (7 * DAY_MS)) * 7 * DAY_MS + 3 * DAY_MS;
    const moved = sundayMs + 3 * HOUR_MS + 600_000 - localMs;
    return shifted(event, moved);
  },
  'recorded 40 days late': (event) => ({ ...event, recordedMs: event.recordedMs + 40 * DAY_MS }),
  '60 days after the step before': (event) => ({
    ...event,
    before: event.before && { ...event.before, timeMs: event.timeMs - 60 * DAY_MS },
  }),
  'at a place nobody saw': (event, random) => ({ ...event, place: `urn:stranger:${random.next()}` }),
  'to a party nobody saw': (event, random) => ({ ...event, party: `urn:stranger:${random.next()}` }),
};

/** The whole event, its record and what was before it. */
function shifted(event: CapturedEvent, byMs: number): CapturedEvent {
  const before = event.before && { ...event.before, timeMs: event.before.timeMs + byMs };
  return { ...event, before, timeMs: event.timeMs + byMs, recordedMs: event.recordedMs + byMs };
}

interface Outcome {
  readonly judged: number;
  readonly alarms: readonly EventAlarm[];
  /** What was planted in which event. */
  readonly planted: ReadonlyMap<string, string>;
}

function watch(events: Iterable<CapturedEvent>, random?: Random): Outcome {
  const streams = new Map<string, { watch: EventWatch; seen: number }>();
  const alarms: EventAlarm[] = [];
  const planted = new Map<string, string>();
  const kinds = Object.keys(PLANTS);
  let judged = 0;
  for (const event of events) {
    const key = `${event.partner} ${event.bizStep}`;
    const stream = streams.get(key) ?? { watch: EventWatch.of(streams.size, null), seen: 0 };
    streams.set(key, stream);
    stream.seen += 1;
    let told = event;
    if (stream.seen > 250) judged += 1;
    if (random && stream.seen > LEARNED && random.below(PLANTED_ONE_IN) === 0) {
      const kind = kinds[random.below(kinds.length)]!;
      told = PLANTS[kind]!(event, random);
      planted.set(event.id, kind);
    }
    alarms.push(...stream.watch.take([told]));
  }
  return { judged, alarms, planted };
}

const atLevel = (alarms: readonly EventAlarm[], level: number): readonly EventAlarm[] =>
  alarms.filter(({ qValue }) => qValue <= level);
const add = (sums: Record<string, number>, name: string, by = 1): void => {
  sums[name] = (sums[name] ?? 0) + by;
};

/** Alarms where nothing was done, by level. */
function clean(): object {
  const sums: Record<string, number> = {};
  for (const seed of SEEDS) {
    const { judged, alarms } = watch(captured(simulateItems({ seed, events: EVENTS })));
    add(sums, 'judged', judged);
    for (const level of LEVELS) add(sums, `alarms at ${level}`, atLevel(alarms, level).length);
    for (const { features } of atLevel(alarms, 0.1)) add(sums, `led by ${features[0]!.name}`);
  }
  return sums;
}

function changedEvents(): object {
  const kinds = Object.fromEntries(
    Object.keys(PLANTS).map((kind) => [
      kind,
      { planted: 0, ...Object.fromEntries(LEVELS.map((level) => [`found at ${level}`, 0])) } as Record<
        string,
        number
      >,
    ]),
  );
  const sums: Record<string, number> = {};
  const words: string[] = [];
  for (const seed of SEEDS) {
    const world = simulateItems({ seed: seed + 100, events: EVENTS });
    const { judged, alarms, planted } = watch(captured(world), seededRandom(seed));
    add(sums, 'judged', judged);
    for (const kind of planted.values()) add(kinds[kind]!, 'planted');
    for (const level of LEVELS)
      for (const { event } of atLevel(alarms, level)) {
        const kind = planted.get(event.id);
        if (kind) add(kinds[kind]!, `found at ${level}`);
        else add(sums, `others told at ${level}`);
      }
    words.push(
      ...atLevel(alarms, 0.1)
        .filter(({ event }) => planted.has(event.id))
        .slice(0, 3)
        .map(eventWords),
    );
  }
  return { ...sums, kinds, words };
}

/** Faults of the item world: most break a rule and look like any other event. */
function worldFaults(): object {
  const kinds: Record<string, Record<string, number>> = {};
  const sums: Record<string, number> = {};
  for (const seed of SEEDS) {
    const world = simulateItems({ seed: seed + 200, events: EVENTS, faultRate: FAULT_RATE });
    const seen = new Set<string>();
    const events = (function* () {
      for (const event of captured(world)) {
        seen.add(event.id);
        yield event;
      }
    })();
    const { judged, alarms } = watch(events);
    add(sums, 'judged', judged);
    const told = new Map(
      LEVELS.map((level) => [level, new Set(atLevel(alarms, level).map(({ event }) => event.id))]),
    );
    const guilty = new Set(world.faults.flatMap(({ eventIds }) => eventIds));
    for (const { rule, kind, eventIds } of world.faults) {
      if (!eventIds.some((id) => seen.has(id))) continue;
      const row = (kinds[`${rule} ${kind}`] ??= {});
      add(row, 'planted');
      for (const level of LEVELS)
        add(row, `found at ${level}`, Number(eventIds.some((id) => told.get(level)!.has(id))));
    }
    for (const level of LEVELS) {
      add(sums, `told at ${level}`, told.get(level)!.size);
      add(sums, `of no fault at ${level}`, [...told.get(level)!].filter((id) => !guilty.has(id)).length);
    }
  }
  return { ...sums, kinds };
}

/** Shipments of one sender, on working days alone: quiet ones, and ones of which one is changed. */
function workingHours(): object {
  const quiet: Record<string, number> = {};
  for (let seed = 0; seed < QUIET_STREAMS; seed += 1) {
    const { judged, alarms } = watch(shipments(2_500, 1_000 + seed));
    add(quiet, 'judged', judged);
    for (const level of LEVELS) add(quiet, `alarms at ${level}`, atLevel(alarms, level).length);
  }
  const kinds = Object.entries(PLANTS).map(([kind, change]) => {
    const found: Record<string, number> = { planted: CHANGED_STREAMS };
    for (let seed = 0; seed < CHANGED_STREAMS; seed += 1) {
      const events = shipments(CHANGED + 1, 2_000 + seed);
      events[CHANGED] = change(events[CHANGED]!, seededRandom(seed));
      const { alarms } = watch(events);
      const told = alarms.find(({ event }) => event.id === events[CHANGED]!.id);
      for (const level of LEVELS) add(found, `found at ${level}`, Number((told?.qValue ?? 1) <= level));
    }
    return [kind, found] as const;
  });
  return { quiet, kinds: Object.fromEntries(kinds) };
}

const results = {
  ...{ seeds: SEEDS, eventsAWorld: EVENTS, plantedOneIn: PLANTED_ONE_IN, faultRate: FAULT_RATE },
  workingHours: workingHours(),
  clean: clean(),
  changedEvents: changedEvents(),
  worldFaults: worldFaults(),
};
writeFileSync(resolve('experiments/anomaly-events/results.json'), `${JSON.stringify(results, null, 2)}\n`);
console.log(JSON.stringify(results, null, 1));
