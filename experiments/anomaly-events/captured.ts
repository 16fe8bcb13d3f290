import type { CapturedEvent } from '@tallyhouse/anomalies';
import type { ItemSite, ItemWorld, RecordedEvent } from '@tallyhouse/simulation';
import { itemsOf } from '@tallyhouse/supply-chain';

type Before = { readonly timeMs: number; readonly bizStep: string; readonly site: ItemSite | undefined };

/** Events of a simulated world as the worker reads them from the tables, in the order of record. */
export function* captured(world: ItemWorld): Generator<CapturedEvent, void> {
  const sites = new Map(world.sites.map((site) => [site.uri, site]));
  const said = new Map<string, Before>();
  for (const record of world.events()) {
    const event = toCaptured(record, sites, said);
    if (event) yield event;
  }
}

function toCaptured(
  { party, recordedAt, event }: RecordedEvent,
  sites: ReadonlyMap<string, ItemSite>,
  said: Map<string, Before>,
): CapturedEvent | undefined {
  if (event.errorDeclaration) return undefined;
  const items = itemsOf(event);
  const timeMs = Date.parse(event.eventTime);
  const place = event.readPoint?.id ?? event.bizLocation?.id ?? null;
  const own = sites.get(place ?? '');
  const site = own?.party === party ? own : undefined;
  const bizStep = event.bizStep ?? '';
  const key = (uri: string): string => `${party} ${uri}`;
  const before = said.get(key(items[0]?.uri ?? ''));
  for (const { uri } of items) {
    const latest = said.get(key(uri));
    if (!latest || latest.timeMs <= timeMs) said.set(key(uri), { timeMs, bizStep, site });
  }
  const quantities = items.flatMap(({ quantity }) => quantity ?? []);
  return {
    ...{ id: event.eventID ?? '', partner: String(party), bizStep, timeMs, recordedMs: recordedAt, place },
    offsetMinutes: minutesOf(event.eventTimeZoneOffset),
    party: event.destinationList?.[0]?.destination ?? event.sourceList?.[0]?.source ?? null,
    items: items.length,
    quantity: quantities.length === 0 ? null : quantities.reduce((sum, one) => sum + one, 0),
    before:
      before && before.timeMs < timeMs
        ? { timeMs: before.timeMs, bizStep: before.bizStep, kilometres: kilometres(before.site, site) }
        : null,
  };
}

function minutesOf(offset: string): number {
  const [hours, minutes] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * (60 * hours! + minutes!);
}

/** Great circle on a sphere of 6,371 km. */
function kilometres(a: ItemSite | undefined, b: ItemSite | undefined): number | null {
  if (!a || !b) return null;
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (one: number, other: number): number => Math.sin(radians(one - other) / 2) ** 2;
  const parallel = Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude));
  const chord = half(a.latitude, b.latitude) + parallel * half(a.longitude, b.longitude);
  return 2 * 6_371 * Math.asin(Math.sqrt(chord));
}
