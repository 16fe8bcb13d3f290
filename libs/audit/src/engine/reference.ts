import type { NetContent, YieldBounds } from '../mass-balance/index.js';

/** A place, as its owner described it. */
export interface SiteFacts {
  readonly name: string;
  /** For example plant, warehouse, store. */
  readonly kind: string;
  /** Degrees, WGS 84; undefined where nobody said where it is. */
  readonly position: Position | undefined;
}

export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

/** Master data that rules judge by. What is unknown is undefined, and a rule that needs it says nothing. */
export interface Reference {
  /** By canonical Digital Link; undefined for a place that nobody registered. */
  readonly site: (uri: string) => SiteFacts | undefined;
  /** Whether any place is registered at all. */
  readonly knowsSites: boolean;
  /** Whether a party (Digital Link or address) was admitted at a time; undefined where no register is kept. */
  readonly authorised: (party: string, time: number) => boolean | undefined;
  /** The party that may number items of this class, in the form of `Fact.party`. */
  readonly holderOfClass: (uri: string) => string | undefined;
  readonly netContent: (classUri: string) => NetContent | undefined;
  /** What may come out of one unit of input where its maker says so; undefined leaves it to the rule set. */
  readonly yieldBounds?: (classUri: string) => YieldBounds | undefined;
}

/** A reference that knows nothing: rules that need master data stay silent. */
export const NO_REFERENCE: Reference = {
  site: () => undefined,
  knowsSites: false,
  authorised: () => undefined,
  holderOfClass: () => undefined,
  netContent: () => undefined,
};

const EARTH_RADIUS_KM = 6_371;

/** Great-circle distance in kilometres (haversine). */
export function distanceKm(a: Position, b: Position): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const dLatitude = radians(b.latitude - a.latitude) / 2;
  const dLongitude = radians(b.longitude - a.longitude) / 2;
  const h =
    Math.sin(dLatitude) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLongitude) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
