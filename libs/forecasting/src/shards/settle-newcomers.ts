import { firstPeriod } from '../backtest/slice.js';
import { PeerGroup, type Newcomer } from '../cold-start/peer-group.js';
import { PeerPath } from '../cold-start/peer-path.js';
import type { Standings } from '../cold-start/standings.js';
import type { SeriesForecast } from '../contract/forecaster.js';
import type { Frequency, SeriesInput } from '../contract/panel.js';
import { LeafSums } from './leaf-sums.js';
import type { WantedForecast } from './recorded-forecaster.js';
import type { RecordedShard } from './recorded-shard.js';
import { knownAt, type Survey } from './settle-survey.js';

/** The newcomers of one moment and the groups that they are likened to. */
interface Moment {
  readonly wanted: WantedForecast;
  readonly standings: Standings;
  /** Place of the group of each new leaf. */
  readonly groupOf: ReadonlyMap<number, number>;
  readonly groups: ReadonlyMap<number, PeerGroup>;
  /** Paths of peers that are asked for: where errors are taken means alone. */
  readonly paths: number;
}

/** A leaf as the peer of a group at one moment. */
interface Membership {
  readonly moment: Moment;
  readonly group: PeerGroup;
  readonly level: number;
}

/** Some paths of some groups, gathered while shards pass by once. */
export type Gathering = ReadonlyMap<PeerGroup, readonly PeerPath[]>;

const BYTES = Float64Array.BYTES_PER_ELEMENT;

/** Likens new series to their groups while shards pass by: first to be expected, then to show what peers sold, then what was forecast of them. */
export class SettleNewcomers {
  private readonly moments: readonly Moment[];
  private readonly sums: LeafSums;
  private readonly histories = new Map<number, Omit<Newcomer, 'needed'>>();
  private readonly survey: Survey;
  private readonly frequency: Frequency;

  public constructor(survey: Survey, moments: readonly WantedForecast[], frequency: Frequency) {
    this.survey = survey;
    this.frequency = frequency;
    this.moments = moments.map((wanted, at) => ({
      ...momentOf(survey, wanted, survey.standings[at]!),
      paths: at < moments.length - 1 ? 1 : 1 + wanted.levels.length,
    }));
    const used = new Set(this.moments.flatMap(({ groups }) => [...groups.keys()]));
    this.sums = new LeafSums(used.size > 0 ? survey.addition : { leaves: [], sums: [] }, used);
  }

  /** Whether nobody is likened to anybody, so that no shard need pass. */
  public get isEmpty(): boolean {
    return this.moments.every(({ groups }) => groups.size === 0);
  }

  /** The history of the next leaf; what new ones sold is kept. */
  public expect(leaf: number, { id, start, values }: SeriesInput): void {
    const at = this.moments.filter(({ groupOf }) => groupOf.has(leaf));
    if (at.length === 0) return;
    const first = firstPeriod({ id, start, values }, this.frequency);
    this.histories.set(leaf, { id, first, values: knownAt(values, first, at.at(-1)!.wanted).slice() });
    for (const moment of at) groupAt(moment, leaf)!.expect(this.newcomer(moment, leaf));
  }

  /** The history of the next leaf, all newcomers being expected. */
  public addHistory(leaf: number, one: SeriesInput): void {
    for (const { moment, group, level } of this.memberships(leaf)) {
      const first = firstPeriod(one, this.frequency);
      group.addHistory(knownAt(one.values, first, moment.wanted), first, level);
    }
  }

  /** What is to be gathered of forecasts, in parts that need so much memory each, but for a single path of a group that needs more. */
  public *gatherings(mostBytes: number): Generator<Gathering> {
    let gathering = new Map<PeerGroup, PeerPath[]>();
    let bytes = 0;
    for (const { wanted, groups, paths } of this.moments)
      for (const group of groups.values())
        for (let path = 0; path < paths; path += 1) {
          const own = BYTES * wanted.steps * group.peers;
          if (bytes > 0 && bytes + own > mostBytes) {
            yield gathering;
            [gathering, bytes] = [new Map(), 0];
          }
          bytes += own;
          gathering.set(group, [
            ...(gathering.get(group) ?? []),
            new PeerPath(path, wanted.steps, group.peers),
          ]);
        }
    yield gathering;
  }

  /** What was recorded of the next leaf. */
  public gather(gathering: Gathering, leaf: number, id: string, recorded: RecordedShard): void {
    for (const { moment, group, level } of this.memberships(leaf)) {
      const paths = gathering.get(group);
      if (!paths) continue;
      const forecast = recorded.of(moment.wanted, id);
      for (const path of paths) path.add(forecast, level);
    }
  }

  /** The means of a new leaf at a moment; undefined where it is not new then, or has no group. */
  public mean(at: number, leaf: number): Float64Array | undefined {
    const moment = this.moments[at]!;
    return groupAt(moment, leaf)?.mean(this.newcomer(moment, leaf));
  }

  /** What comes for a new leaf, instead of what `from` said. */
  public forecast(leaf: number, from: string): SeriesForecast | undefined {
    const moment = this.moments.at(-1)!;
    return groupAt(moment, leaf)?.forecast(this.newcomer(moment, leaf), from, moment.wanted.levels);
  }

  private newcomer({ wanted, standings }: Moment, leaf: number): Newcomer {
    const { id, first, values } = this.histories.get(leaf)!;
    return { id, first, values: knownAt(values, first, wanted), needed: standings.needed };
  }

  private memberships(leaf: number): Membership[] {
    const places = [...this.sums.of(leaf)];
    return this.moments.flatMap((moment) => {
      const level = moment.standings.levels[leaf]!;
      const groups = level > 0 ? places.flatMap((place) => moment.groups.get(place) ?? []) : [];
      return groups.map((group) => ({ moment, group, level }));
    });
  }
}

const groupAt = ({ groupOf, groups }: Moment, leaf: number): PeerGroup | undefined => {
  const place = groupOf.get(leaf);
  return place === undefined ? undefined : groups.get(place);
};

function momentOf(
  { addition, sumIds }: Survey,
  wanted: WantedForecast,
  standings: Standings,
): Omit<Moment, 'paths'> {
  const groupOf = standings.groups(addition);
  const groups = new Map(
    [...new Set(groupOf.values())].map((place) => {
      const peers = standings.peersAmong(addition.sums[place]!.parts);
      const levels = peers.map((leaf) => standings.levels[leaf]!);
      return [place, new PeerGroup(sumIds[place]!, levels)] as const;
    }),
  );
  return { wanted, standings, groupOf, groups };
}

/** Gives each group the middle of what was gathered of its peers. */
export function conclude(gathering: Gathering): void {
  for (const [group, paths] of gathering) for (const path of paths) group.addShape(path.middle());
}
