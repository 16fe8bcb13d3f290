import { pgln, gln } from '@tallyhouse/epcis';
import { DAY_MS } from '../../calendar.js';
import { inspectNow } from '../inspection.js';
import { HOUR_MS, pick, siteOf, type Draft, type Script, type ScriptLeg } from '../script.js';
import { neverAccepted, takenAfterRejection, takenByAnother } from './custody.js';
import { farSite, temperature } from '../transport.js';
import { names, noticed, relocate, strip, type Deed, type Fault } from './fault.js';

/** Times in which goods and records may still arrive, and a day more. */
const ARRIVAL_WAIT_MS = 22 * DAY_MS;
const RECORD_WAIT_MS = 5 * DAY_MS;
/** Prefix of companies that are not in the network. */
const STRANGER_PREFIX = '9529990';

/** Faults of the way: lost, misdirected, too fast, too slow, in the wrong order, too warm, with strangers. */
export const MOVEMENT_FAULTS: readonly Fault[] = [
  { rule: 'R2', kind: 'stolen on the way', commit: stolen },
  { rule: 'R2', kind: 'delivered to another store', commit: misdelivered },
  { rule: 'R2', kind: 'received without shipping', commit: unshipped },
  { rule: 'R4', kind: 'pallet scanned far away', commit: scannedFarAway },
  { rule: 'R5', kind: 'sent back up the chain', commit: upTheChain },
  { rule: 'R9', kind: 'receipt dated before shipping', commit: backdatedReceipt },
  { rule: 'R9', kind: 'packing dated after shipping', commit: postdatedPacking },
  { rule: 'R10', kind: 'held at the warehouse', commit: heldBack },
  { rule: 'R11', kind: 'too warm for hours', commit: tooWarm },
  { rule: 'R11', kind: 'logger silent', commit: silentLogger },
  { rule: 'R12', kind: 'carrier that nobody knows', commit: strangeCarrier },
  { rule: 'R12', kind: 'carrier that has left', commit: formerCarrier },
  { rule: 'R12', kind: 'taken by another than was offered', commit: takenByAnother },
  { rule: 'R12', kind: 'taken after it was rejected', commit: takenAfterRejection },
  { rule: 'R12', kind: 'taken and never accepted', commit: neverAccepted },
  { rule: 'R13', kind: 'place that nobody registered', commit: unknownPlace },
  { rule: 'R13', kind: 'document number with a wrong check digit', commit: wrongDocument },
];

function storeLegs(script: Script): ScriptLeg[] {
  return script.legs.filter(
    ({ to, units }) =>
      siteOf(script, to).kind === 'store' && script.storeUnits.some(({ sscc }) => units.includes(sscc)),
  );
}

function stolen(script: Script): Deed | undefined {
  const leg = pick(script.prng, storeLegs(script));
  const unit = script.storeUnits.find(({ sscc }) => leg?.units.includes(sscc));
  if (!leg || !unit) return undefined;
  const lost = new Set([unit.sscc, ...unit.cases]);
  const sentBack = script.legs.filter((other) => other.from === leg.to).flatMap(({ units }) => units);
  for (const sscc of sentBack) lost.add(sscc);
  strip(script, lost, ({ at }) => at > leg.ship.at);
  return { evidence: [leg.ship], waitMs: ARRIVAL_WAIT_MS };
}

function misdelivered(script: Script): Deed | undefined {
  const leg = pick(script.prng, storeLegs(script));
  if (!leg) return undefined;
  const { region } = siteOf(script, leg.to);
  const served = new Set(script.storeUnits.map(({ store }) => store));
  const other = pick(
    script.prng,
    script.network.sitesOf(region, 'store').filter((store) => !served.has(store)),
  );
  if (other === undefined) return undefined;
  for (const draft of script.drafts) if (draft.site === leg.to) relocate(script, draft, other);
  return { evidence: noticed(leg.receive, leg.ship), also: ['R5'], waitMs: RECORD_WAIT_MS };
}

function unshipped(script: Script): Deed | undefined {
  const leg = pick(script.prng, storeLegs(script));
  if (!leg) return undefined;
  script.drafts = script.drafts.filter((draft) => draft !== leg.ship);
  return { evidence: noticed(leg.receive), also: ['R5'], waitMs: RECORD_WAIT_MS };
}

function palletLegs(script: Script): ScriptLeg[] {
  const pallets = new Set(script.pallets.map(({ sscc }) => sscc));
  return script.legs.filter(({ units }) => units.some((unit) => pallets.has(unit)));
}

function scannedFarAway(script: Script): Deed | undefined {
  const leg = palletLegs(script).at(-1);
  const far = leg && farSite(script, leg.to, 4_000);
  const unit = leg?.units[0];
  if (!leg || far === undefined || unit === undefined) return undefined;
  const scan = inspectNow(script, leg.receive.at + script.prng.integer(30, 90) * 60_000, far, {
    epcList: [unit],
  });
  return { evidence: [scan, ...noticed(leg.receive)], also: ['R5'] };
}

function upTheChain(script: Script): Deed | undefined {
  const { prng, network } = script;
  const leg = pick(prng, storeLegs(script));
  const unit = script.storeUnits.find(({ sscc }) => leg?.units.includes(sscc));
  const kind = pick(prng, ['farm', 'processor', 'packer'] as const) ?? 'farm';
  const [wrong] = leg ? network.sitesOf(siteOf(script, leg.from).region, kind) : [];
  if (!leg || !unit || wrong === undefined) return undefined;
  const gone = new Set([unit.sscc, ...unit.cases]);
  const sentBack = script.legs.filter((other) => other.from === leg.to).flatMap(({ units }) => units);
  for (const sscc of sentBack) gone.add(sscc);
  strip(script, gone, ({ at }) => at > leg.receive.at);
  const destination = { type: 'location', destination: siteOf(script, wrong).uri };
  for (const { event } of [leg.ship, leg.receive])
    event.destinationList = [
      ...(event.destinationList ?? []).filter(({ type }) => type !== 'location'),
      destination,
    ];
  relocate(script, leg.receive, wrong);
  return { evidence: noticed(leg.receive, leg.ship), waitMs: RECORD_WAIT_MS };
}

function backdatedReceipt(script: Script): Deed | undefined {
  const leg = pick(script.prng, [...storeLegs(script), ...palletLegs(script)]);
  if (!leg) return undefined;
  leg.receive.lag = leg.receive.at - leg.ship.at + 12 * HOUR_MS;
  leg.receive.at = leg.ship.at - script.prng.integer(6, 40) * HOUR_MS;
  leg.receive.event.sensorElementList &&= temperature(4.5, leg.receive.at).sensorElementList!;
  return { evidence: noticed(leg.receive, leg.ship), also: ['R4', 'R5'] };
}

function postdatedPacking(script: Script): Deed | undefined {
  const pallet = pick(script.prng, script.pallets);
  const leg = script.legs.find(({ units }) => pallet !== undefined && units.includes(pallet.sscc));
  if (!pallet || !leg || leg.ship.site !== pallet.pack.site) return undefined;
  pallet.pack.at = leg.ship.at + script.prng.integer(45, 90) * 60_000;
  return { evidence: [leg.ship, pallet.pack], also: ['R4', 'R5', 'R10'] };
}

/** Everything after the receipt at the warehouse waits. */
function heldBack(script: Script): Deed | undefined {
  const leg = palletLegs(script).at(-1);
  if (!leg || siteOf(script, leg.to).kind !== 'warehouse') return undefined;
  const held = script.prng.integer(20, 40) * DAY_MS;
  const since = leg.receive.at;
  const here = script.drafts.filter((draft) => leg.units.some((unit) => names(draft, unit)));
  for (const draft of script.drafts) {
    if (draft.at <= since || (draft.event.bizStep === 'inspecting' && here.includes(draft))) continue;
    draft.at += held;
    if (draft.event.sensorElementList) redate(draft, held);
  }
  const unpacked = script.pallets.map(({ unpack }) => unpack);
  return { evidence: noticed(...unpacked, leg.receive) };
}

function redate({ event }: Draft, by: number): void {
  for (const { sensorMetadata } of event.sensorElementList ?? [])
    if (typeof sensorMetadata?.time === 'string')
      sensorMetadata.time = new Date(Date.parse(sensorMetadata.time) + by).toISOString();
}

function tooWarm(script: Script): Deed | undefined {
  const leg = pick(
    script.prng,
    script.legs.filter(({ readings }) => readings.length >= 3),
  );
  if (!leg) return undefined;
  const length = script.prng.integer(3, Math.min(6, leg.readings.length));
  const first = script.prng.integer(0, leg.readings.length - length);
  const warm = leg.readings.slice(first, first + length);
  for (const draft of warm) Object.assign(draft.event, temperature(10 + 5 * script.prng.float(), draft.at));
  return { evidence: warm };
}

/** Four hours between values: five of them missing are a day of silence. */
function isLong([first, second]: readonly Draft[]): boolean {
  return first !== undefined && second !== undefined && second.at - first.at > 2 * HOUR_MS;
}

function silentLogger(script: Script): Deed | undefined {
  const leg = pick(
    script.prng,
    script.legs.filter(({ readings }) => readings.length >= 7 && isLong(readings)),
  );
  if (!leg) return undefined;
  const first = script.prng.integer(1, leg.readings.length - 6);
  const silent = new Set(leg.readings.slice(first, first + 5));
  script.drafts = script.drafts.filter((draft) => !silent.has(draft));
  return { evidence: [leg.readings[first + 5]!, leg.readings[first - 1]!], waitMs: RECORD_WAIT_MS };
}

function withCarrier(script: Script, carrier: string): Deed | undefined {
  const leg = pick(script.prng, script.legs);
  if (!leg) return undefined;
  const { event: out } = leg.ship;
  const { event: arrived } = leg.receive;
  out.destinationList = (out.destinationList ?? []).map((entry) =>
    entry.type === 'possessing_party' ? { ...entry, destination: carrier } : entry,
  );
  arrived.sourceList = (arrived.sourceList ?? []).map((entry) =>
    entry.type === 'possessing_party' ? { ...entry, source: carrier } : entry,
  );
  return { evidence: [leg.ship, leg.receive] };
}

function strangeCarrier(script: Script): Deed | undefined {
  return withCarrier(
    script,
    pgln(gln(STRANGER_PREFIX, String(script.prng.integer(1, 99_999)).padStart(5, '0'))),
  );
}

function formerCarrier(script: Script): Deed | undefined {
  return withCarrier(script, script.network.parties[script.network.formerCarrier]?.uri ?? '');
}

function unknownPlace(script: Script): Deed | undefined {
  const leg = pick(script.prng, palletLegs(script));
  if (!leg) return undefined;
  const seen = inspectNow(script, leg.receive.at + HOUR_MS, leg.to, { epcList: [...leg.units] });
  const number = gln(STRANGER_PREFIX, String(script.prng.integer(1, 99_999)).padStart(5, '0'));
  seen.event.readPoint = { id: `https://id.gs1.org/414/${number}` };
  delete seen.event.bizLocation;
  return { evidence: [seen], also: ['R5'] };
}

function wrongDocument(script: Script): Deed | undefined {
  const leg = pick(script.prng, script.legs);
  if (!leg) return undefined;
  const document = leg.ship.event.bizTransactionList?.[0]?.bizTransaction ?? '';
  const wrong = document.replace(/(\d)(?=:DA-)/, (digit) =>
    String((Number(digit) + 1 + script.prng.integer(0, 7)) % 10),
  );
  leg.ship.event.bizTransactionList = [{ type: 'desadv', bizTransaction: wrong }];
  return { evidence: [leg.ship] };
}
