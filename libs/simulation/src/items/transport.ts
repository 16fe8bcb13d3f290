import type { EpcisEvent } from '@tallyhouse/epcis';
import {
  around,
  HOUR_MS,
  MINUTE_MS,
  pick,
  siteOf,
  write,
  type Draft,
  type Script,
  type ScriptLeg,
} from './script.js';

/** A logger speaks every hour on a short way, and every four hours on one of a day or more. */
const READING_EVERY_MS = { short: HOUR_MS, long: 4 * HOUR_MS } as const;
/** A door that was open for a moment when the logger took its value. */
const OPEN_DOOR_RATE = 0.01;
const MISSED_READING_RATE = 0.01;
/** Kilometres an hour door to door, by land and by sea with its waiting. */
const LAND_SPEED = 35;
const SEA_SPEED = 90;

/** Sends units from one site to another: shipping, readings of the logger, receipt. */
export function travel(
  script: Script,
  leavesAt: number,
  from: number,
  to: number,
  units: readonly string[],
): ScriptLeg & { readonly receivedAt: number } {
  const { prng, network } = script;
  const at = afterClosures(script, from, leavesAt);
  const overseas = siteOf(script, from).region !== siteOf(script, to).region;
  const hours = 2 + kilometres(script, from, to) / (overseas ? SEA_SPEED : LAND_SPEED);
  const receivedAt = at + around(prng, hours * HOUR_MS, 0.2);
  const carrier = network.carriers[prng.integer(0, network.carriers.length - 1)] ?? 0;
  const handOver = handOverOf(script, from, to, carrier);
  const cold = script.product.chilled && siteOf(script, from).kind !== 'farm';
  const seen = { type: 'ObjectEvent', action: 'OBSERVE' as const, epcList: [...units] };
  const ship = write(script, at, from, {
    ...{ ...seen, bizStep: 'shipping', disposition: 'in_transit', ...handOver.out },
    ...(cold ? reading(script, at) : {}),
  });
  const readings = cold ? logger(script, ship, receivedAt, carrier) : [];
  const receive = write(
    script,
    receivedAt,
    to,
    {
      ...{ ...seen, epcList: [...units], bizStep: 'receiving', disposition: 'in_progress', ...handOver.in },
      ...(cold ? reading(script, receivedAt) : {}),
    },
    { gate: true },
  );
  const leg = { from, to, units, ship, readings, receive, receivedAt };
  script.legs.push(leg);
  return leg;
}

function logger(script: Script, { at, event }: Draft, until: number, party: number): Draft[] {
  const readings: Draft[] = [];
  const every = READING_EVERY_MS[until - at < 24 * HOUR_MS ? 'short' : 'long'];
  for (let time = at + every; time < until - HOUR_MS / 2; time += every) {
    if (script.prng.chance(MISSED_READING_RATE)) continue;
    const body = {
      ...{
        type: 'ObjectEvent',
        action: 'OBSERVE' as const,
        bizStep: 'sensor_reporting',
        disposition: 'in_transit',
      },
      epcList: [...(event.epcList ?? [])],
      ...reading(script, time),
    };
    readings.push(write(script, time, undefined, body, { party }));
  }
  return readings;
}

/** A value of the logger; now and then the door is open. */
function reading(script: Script, at: number): Pick<EpcisEvent, 'sensorElementList'> {
  const { prng } = script;
  const value = prng.chance(OPEN_DOOR_RATE) ? 8.5 + 2 * prng.float() : 4.5 + 0.7 * clamp(prng.normal());
  return temperature(value, at);
}

function clamp(deviate: number): number {
  return Math.max(-3, Math.min(3, deviate));
}

/** One temperature as EPCIS says it. */
export function temperature(celsius: number, at: number): Pick<EpcisEvent, 'sensorElementList'> {
  const value = Math.round(celsius * 10) / 10;
  return {
    sensorElementList: [
      {
        sensorMetadata: { time: new Date(at).toISOString() },
        sensorReport: [{ type: 'Temperature', value, uom: 'CEL' }],
      },
    ],
  };
}

/** Nothing leaves a port while it is closed. */
function afterClosures({ network, prng }: Script, site: number, at: number): number {
  const closed = network.closures.find((c) => c.site === site && c.from <= at && at < c.to);
  return closed ? closed.to + prng.integer(1, 18) * HOUR_MS + prng.integer(0, 59) * MINUTE_MS : at;
}

function handOverOf(
  script: Script,
  from: number,
  to: number,
  carrier: number,
): Record<'out' | 'in', Pick<EpcisEvent, 'bizTransactionList' | 'sourceList' | 'destinationList'>> {
  const { parties } = script.network;
  const party = (site: number) => parties[siteOf(script, site).party] ?? parties[0]!;
  const note = script.nextNumber();
  const places = (holder: string, taker: string) => ({
    bizTransactionList: [
      { type: 'desadv', bizTransaction: `urn:epcglobal:cbv:bt:${party(from).gln}:DA-${note}` },
    ],
    sourceList: [
      { type: 'possessing_party', source: holder },
      { type: 'location', source: siteOf(script, from).uri },
    ],
    destinationList: [
      { type: 'possessing_party', destination: taker },
      { type: 'location', destination: siteOf(script, to).uri },
    ],
  });
  const lorry = parties[carrier]?.uri ?? '';
  return { out: places(party(from).uri, lorry), in: places(lorry, party(to).uri) };
}

const EARTH_RADIUS_KM = 6_371;

/** Great-circle distance of two sites. */
export function kilometres(script: Script, from: number, to: number): number {
  const [a, b] = [siteOf(script, from), siteOf(script, to)];
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const h =
    Math.sin(radians(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(radians(a.latitude)) *
      Math.cos(radians(b.latitude)) *
      Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Another site of the same kind, in another region, at least so far away. */
export function farSite(script: Script, site: number, least: number): number | undefined {
  const { kind, region } = siteOf(script, site);
  const far = script.network.sites.flatMap((other, index) =>
    other.kind === kind && other.region !== region && kilometres(script, site, index) > least ? [index] : [],
  );
  return pick(script.prng, far);
}
