import { firstPeriod } from '../backtest/slice.js';
import type { Panel, SeriesInput } from '../contract/panel.js';
import type { Hierarchy } from '../hierarchy/hierarchy.js';
import { meanOf } from '../methods/local-method.js';

/** Fewer peers than this are no group to learn from. */
const LEAST_PEERS = 3;
/** Two years of weeks are not needed to stand by oneself. */
const MOST_NEEDED = 24;
const LEAST_NEEDED = 6;

/** A series that has stood for long, with what it usually sells. */
export interface Peer {
  readonly series: SeriesInput;
  /** Mean of its last season, above 0. */
  readonly level: number;
}

/** A new series, the group that it is likened to and the peers there. */
export interface Newcomer {
  readonly series: SeriesInput;
  readonly observed: number;
  readonly needed: number;
  readonly group: string;
  readonly peers: readonly Peer[];
}

const countObserved = ({ values }: SeriesInput): number =>
  values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);

function levelOf({ values }: SeriesInput, seasonLength: number): number {
  const recent = values
    .subarray(-Math.max(seasonLength, LEAST_NEEDED))
    .filter((value) => !Number.isNaN(value));
  return recent.length === 0 ? 0 : meanOf(recent);
}

/**
 * Leaves with less than two seasons (or 24 values, where seasons are long) and the smallest sum they are part of in which three others
 * have more, sell something and never fell below 0. A leaf without such a group is nobody's newcomer.
 */
export function newcomersOf(panel: Panel, { leaves, sums }: Hierarchy): Newcomer[] {
  const needed = Math.max(LEAST_NEEDED, Math.min(MOST_NEEDED, 2 * panel.seasonLength));
  const series = new Map(panel.series.map((one) => [one.id, one]));
  const peers = leaves.map((id) => peerOf(series.get(id), needed, panel.seasonLength));
  const groupsOf = new Map<number, { readonly id: string; readonly parts: readonly number[] }[]>();
  for (const group of sums.toSorted((one, other) => one.parts.length - other.parts.length)) {
    for (const leaf of group.parts) groupsOf.set(leaf, [...(groupsOf.get(leaf) ?? []), group]);
  }
  return leaves.flatMap((id, leaf): Newcomer[] => {
    const one = series.get(id);
    if (!one || countObserved(one) >= needed || one.values.some((value) => value < 0)) return [];
    for (const group of groupsOf.get(leaf) ?? []) {
      const found = group.parts.flatMap((part) => peers[part]!);
      if (found.length >= LEAST_PEERS)
        return [{ series: one, observed: countObserved(one), needed, group: group.id, peers: found }];
    }
    return [];
  });
}

/** None or one: the series, where others may be likened to it. */
function peerOf(one: SeriesInput | undefined, needed: number, seasonLength: number): Peer[] {
  if (!one || countObserved(one) < needed || one.values.some((value) => value < 0)) return [];
  const level = levelOf(one, seasonLength);
  return level > 0 ? [{ series: one, level }] : [];
}

/**
 * What the newcomer itself says of its level: its sum over what its peers sold in the same periods as shares of their levels; NaN
 * where nothing is observed or its peers sold nothing then.
 */
export function ownLevel({ series, peers }: Newcomer, panel: Panel): number {
  const first = firstPeriod(series, panel.frequency);
  let [sum, usual] = [0, 0];
  series.values.forEach((value, at) => {
    if (Number.isNaN(value)) return;
    const shares = peers.flatMap((peer) => {
      const there = peer.series.values[first + at - firstPeriod(peer.series, panel.frequency)];
      return there === undefined || Number.isNaN(there) ? [] : [there / peer.level];
    });
    if (shares.length === 0) return;
    sum += value;
    usual += shares.reduce((total, share) => total + share, 0) / shares.length;
  });
  return usual > 0 ? sum / usual : NaN;
}
