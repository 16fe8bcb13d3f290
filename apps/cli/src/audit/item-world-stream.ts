import type { KnownFault, Reference, ReplayedEvent, SiteFacts } from '@tallyhouse/audit';
import { gtinClass, jcsSha256 } from '@tallyhouse/epcis';
import type { ItemWorld, RecordedEvent } from '@tallyhouse/simulation';

/** A declaration repeats the eventID of its event; this mark tells the two apart. */
const DECLARATION_MARK = '!';

/** The events of a world as an audit meets them. Of the truth nothing but time and chain goes along. */
export function* streamOf(world: ItemWorld): Generator<ReplayedEvent> {
  let order = 0;
  for (const recorded of world.events()) {
    const { event, party, recordedAt, custody } = recorded;
    const identity = event.eventID ?? '';
    order += 1;
    yield {
      id: event.errorDeclaration ? `${identity}${DECLARATION_MARK}` : identity,
      identity,
      order,
      party: world.parties[party]?.uri ?? '',
      recorded: recordedAt,
      event,
      ...proofOf(recorded),
      ...(custody && { custody: custody.map(({ unit, ...statement }) => ({ unit, statement })) }),
    };
  }
}

/** The eventID behind an id of `streamOf`. */
export function identityOf(id: string): string {
  return id.endsWith(DECLARATION_MARK) ? id.slice(0, -1) : id;
}

function proofOf({
  event,
  anchoredAt,
  anchoredEvent,
}: RecordedEvent): Pick<ReplayedEvent, 'proof' | 'provenAt'> {
  if (anchoredAt === undefined) return {};
  const hashMatches = anchoredEvent === undefined || jcsSha256(anchoredEvent) === jcsSha256(event);
  return { provenAt: anchoredAt, proof: { anchoredAt, hashMatches, rootMatches: true } };
}

/** Master data of a world: places, members, who numbers what, and what a piece weighs. */
export function referenceOf({ sites, parties, products }: ItemWorld): Reference {
  const places = new Map<string, SiteFacts>(
    sites.map(({ uri, name, kind, latitude, longitude }) => [
      uri,
      { name, kind, position: { latitude, longitude } },
    ]),
  );
  const members = new Map(parties.map(({ uri, admittedUntil }) => [uri, admittedUntil ?? Infinity]));
  const prefixes = new Map(parties.map(({ companyPrefix, uri }) => [companyPrefix, uri]));
  const weights = new Map<string, number>();
  for (const { unitGtin, caseGtin, unitKilograms, unitsPerCase } of products) {
    weights.set(gtinClass(unitGtin), unitKilograms);
    weights.set(gtinClass(caseGtin), unitKilograms * unitsPerCase);
  }
  return {
    site: (uri) => places.get(uri),
    knowsSites: true,
    authorised: (party, time) => time <= (members.get(party) ?? -Infinity),
    holderOfClass: (uri) => prefixes.get(/\/01\/\d(\d{7})/.exec(uri)?.[1] ?? ''),
    netContent: (uri) => {
      const quantity = weights.get(uri);
      return quantity === undefined ? undefined : { quantity, uom: 'KGM' };
    },
  };
}

/** The truth of a world, once it was played. */
export function faultsOf(world: ItemWorld): readonly KnownFault[] {
  return world.faults;
}
