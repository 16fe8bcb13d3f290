import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { openEngine, type Engine } from '@tallyhouse/compute';
import { CONFIG, type Config } from '@tallyhouse/config';
import {
  ApartError,
  forecastApart,
  ForecastingError,
  ForecastReader,
  parseChanges,
  SeriesReader,
  TIDE,
  tideFromArtifact,
  trainedTide,
  WhatIfReader,
  type ApartBounds,
  type Forecaster,
  type TideModel,
  type WhatIfAnswer,
} from '@tallyhouse/forecasting';
import { InputError } from '../shared/errors/api.errors.js';
import { IndexWaiter } from '../shared/freshness/index-waiter.js';
import { AskedVersions, covariatesOf, isCandidate, type AskedVersion } from './asked-versions.js';
import { Turns } from './turns.js';
import type { WhatIfInput, WhatIfModel, WhatIfPointModel } from './what-if.model.js';

const MOST_WAITING = 20;
/** A question to a candidate starts a process: fewer wait, and none of the others waits for them. */
const MOST_WAITING_APART = 5;
const LONGEST_CHANGES = 500;

/** What one question to a candidate may cost. */
export const CANDIDATE_BOUNDS = Symbol('CANDIDATE_BOUNDS');
export const candidateBoundsProvider = {
  provide: CANDIDATE_BOUNDS,
  useValue: { timeoutMs: 30_000, heapMb: 256, residentMb: 1_024 } satisfies Partial<ApartBounds>,
};

/** Asks a version what would be: those that a vote put into force here, candidates in a process of their own. */
@Injectable()
export class WhatIfDesk implements OnModuleDestroy {
  private engine: Promise<Engine> | undefined;
  /** The model that was asked last: files are read and hashed when another is. */
  private kept: { readonly sha256: string; readonly model: TideModel } | undefined;
  private readonly turns = new Turns(MOST_WAITING);
  private readonly turnsApart = new Turns(MOST_WAITING_APART);

  public constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CANDIDATE_BOUNDS) private readonly bounds: Partial<ApartBounds>,
    private readonly series: SeriesReader,
    private readonly forecasts: ForecastReader,
    private readonly versions: AskedVersions,
    private readonly reader: WhatIfReader,
    private readonly index: IndexWaiter,
  ) {}

  /**
   * @throws InputError on changes that cannot be made, a version that takes no covariates, or a candidate that does not answer;
   * LimitError while too many wait
   */
  public async ask(input: WhatIfInput): Promise<WhatIfModel | null> {
    if (input.changes.length > LONGEST_CHANGES)
      throw new InputError(
        'ARGUMENT_INVALID',
        `changes: ${input.changes.length} characters, at most ${LONGEST_CHANGES}`,
      );
    const changes = parseChanges(input.changes);
    // First what is the same for everybody: no error tells whether a series is there.
    const version = await this.versions.find(input.versionId);
    const network = await this.versions.network(version);
    const [series] = await this.series.byIds([input.seriesId]);
    const now = (await this.index.now())?.blockTime;
    if (!series || !now) return null;
    const { from, until } = input;
    const { covariates, config, featureSpec } = network;
    const taken = { covariates, block: config.horizon };
    const horizon = this.config.forecastHorizon;
    const question = { series, changes, from, until, taken, featureSpec, now, horizon };
    const asked = (forecaster: Forecaster): Promise<WhatIfAnswer | null> =>
      this.reader.ask({ ...question, forecaster });
    const answer = isCandidate(version)
      ? await this.turnsApart.take(() => this.apart(version, asked))
      : await this.turns.take(async () => asked(await this.here(version)));
    if (!answer) return null;
    const { points, ...rest } = answer;
    const stored = await this.forecasts.newestOf(series.id, version.versionId);
    const storedOf = (start: Date): WhatIfPointModel['stored'] =>
      stored?.points.find(({ targetStart }) => targetStart.getTime() === start.getTime()) ?? null;
    return {
      ...{ ...version, ...rest, covariates: covariatesOf(network), run: stored?.run ?? null },
      points: points.map((point) => ({ ...point, stored: storedOf(point.targetStart) })),
    };
  }

  public async onModuleDestroy(): Promise<void> {
    await (await this.engine)?.close();
  }

  /** A version that was voted in, in this process. */
  private async here(version: AskedVersion): Promise<Forecaster> {
    const { artifactSha256: sha256 } = version;
    if (this.kept?.sha256 !== sha256)
      this.kept = { sha256, model: tideFromArtifact(await this.bytes(version))! };
    return trainedTide(this.kept.model, await (this.engine ??= openEngine({ device: 'cpu', threads: 1 })));
  }

  /** A file that nobody voted for: its weights run in a process of their own, which is stopped at its bounds. */
  private async apart<Answer>(
    version: AskedVersion,
    ask: (forecaster: Forecaster) => Promise<Answer>,
  ): Promise<Answer> {
    const { forecaster, stop } = forecastApart(await this.bytes(version), TIDE, this.bounds);
    try {
      return await ask(forecaster);
    } catch (error) {
      const isItsOwn = error instanceof ForecastingError && error.code === 'INVALID_FORECAST';
      if (!isItsOwn && !(error instanceof ApartError)) throw error;
      throw new InputError(
        'ARGUMENT_INVALID',
        `candidate ${version.versionId} gave no answer: ${error.message}; ask another version, or leave versionId out`,
      );
    } finally {
      await stop();
    }
  }

  private async bytes(version: AskedVersion): Promise<Uint8Array> {
    const bytes = await this.versions.bytes(version);
    if (bytes) return bytes;
    throw new InputError(
      'ARGUMENT_INVALID',
      `the file of version ${version.versionId} cannot be had here now; the page of the version says why`,
    );
  }
}
