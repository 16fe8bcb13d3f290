import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { openEngine, type Engine } from '@tallyhouse/compute';
import { CONFIG, type Config } from '@tallyhouse/config';
import {
  ForecastReader,
  parseChanges,
  SeriesReader,
  readArtifact,
  tideFromArtifact,
  WhatIfReader,
  type FeatureSpec,
  type TideModel,
} from '@tallyhouse/forecasting';
import { ModelReader, runningVersions, VersionFiles } from '@tallyhouse/model-registry';
import { DataSource } from 'typeorm';
import { InputError, LimitError } from '../shared/errors/api.errors.js';
import { IndexWaiter } from '../shared/freshness/index-waiter.js';
import type { CovariateModel, WhatIfInput, WhatIfModel } from './what-if.model.js';

/** Questions that are being answered or wait for it: the engine answers one after the other. */
const MOST_WAITING = 20;
const LONGEST_CHANGES = 500;
const FAMILY = 'demand';

interface AskedVersion {
  readonly versionId: string;
  readonly artifactSha256: string;
}

/** A network with covariates, and for which series it is. */
type AskedModel = TideModel & { readonly featureSpec: FeatureSpec };

/** Asks the version in force, or one that was, what would be. */
@Injectable()
export class WhatIfDesk implements OnModuleDestroy {
  private engine: Promise<Engine> | undefined;
  /** The model that was asked last: files are read and hashed when another is. */
  private kept: { readonly sha256: string; readonly model: AskedModel | null } | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  public constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly series: SeriesReader,
    private readonly forecasts: ForecastReader,
    private readonly versions: ModelReader,
    private readonly files: VersionFiles,
    private readonly reader: WhatIfReader,
    private readonly index: IndexWaiter,
  ) {}

  /**
   * @throws InputError on changes that cannot be made, or a version that takes no covariates; LimitError while too many wait
   */
  public async ask(input: WhatIfInput): Promise<WhatIfModel | null> {
    if (input.changes.length > LONGEST_CHANGES)
      throw new InputError(
        'ARGUMENT_INVALID',
        `changes: ${input.changes.length} characters, at most ${LONGEST_CHANGES}`,
      );
    const changes = parseChanges(input.changes);
    // First what is the same for everybody: no error tells whether a series is there.
    const version = await this.version(input.versionId);
    const model = await this.model(version);
    const [series] = await this.series.byIds([input.seriesId]);
    const now = (await this.index.now())?.blockTime;
    if (!series || !now) return null;
    const horizon = this.config.forecastHorizon;
    const answer = await this.inTurn(async () => {
      const engine = await (this.engine ??= openEngine({ device: 'cpu', threads: 1 }));
      const { from, until } = input;
      const { featureSpec } = model;
      return this.reader.ask({ series, changes, from, until, model, featureSpec, engine, now, horizon });
    });
    if (!answer) return null;
    const { versionId, artifactSha256 } = version;
    const { rows } = await this.forecasts.runs({ first: 1, versionId });
    return { versionId, artifactSha256, covariates: covariatesOf(model), run: rows[0] ?? null, ...answer };
  }

  /** What the version in force takes. */
  public async taken(): Promise<CovariateModel[]> {
    const [running] = await runningVersions(this.dataSource, [FAMILY]);
    const model = running && (await this.opened(running.artifactSha256));
    return model ? covariatesOf(model) : [];
  }

  public async onModuleDestroy(): Promise<void> {
    await (await this.engine)?.close();
  }

  private async version(versionId: string | null | undefined): Promise<AskedVersion> {
    if (!versionId) {
      const [running] = await runningVersions(this.dataSource, [FAMILY]);
      if (running) return running;
      throw new InputError('ARGUMENT_INVALID', 'no demand model is in force yet; ask when one was voted in');
    }
    const [found] = await this.versions.byIds([versionId.toLowerCase()]);
    if (!found)
      throw new InputError(
        'ARGUMENT_INVALID',
        `versionId: there is no version ${versionId}; { models { versions { id state } } } lists them`,
      );
    // A file that nobody voted for runs in a process of its own, and not in this one.
    if (found.state === 'PROPOSED')
      throw new InputError(
        'ARGUMENT_INVALID',
        `versionId: no vote ever put ${versionId} into force; leave it out for the version in force`,
      );
    return { versionId: found.id, artifactSha256: found.artifactSha256 };
  }

  private async model({ versionId, artifactSha256 }: AskedVersion): Promise<AskedModel> {
    const model = await this.opened(artifactSha256);
    if (model) return model;
    if (model === undefined)
      throw new InputError(
        'ARGUMENT_INVALID',
        `the file of version ${versionId} cannot be had here now; the page of the version says why`,
      );
    throw new InputError(
      'ARGUMENT_INVALID',
      `version ${versionId} takes no covariates, so it cannot tell what a price or a promotion would do; bring plans in and put one to the vote that does: ./tallyhouse model train --forecaster tide`,
    );
  }

  /** Null for another forecaster, undefined where the file cannot be had. */
  private async opened(sha256: string): Promise<AskedModel | null | undefined> {
    if (this.kept?.sha256 !== sha256) {
      const bytes = await this.files.find(sha256);
      if (!bytes) return undefined;
      const model = tideFromArtifact(bytes);
      const { featureSpec } = readArtifact(bytes);
      this.kept = { sha256, model: model ? { ...model, featureSpec } : null };
    }
    return this.kept.model;
  }

  private async inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    if (this.waiting >= MOST_WAITING)
      throw new LimitError('TOO_MANY_WAITING', `${MOST_WAITING} questions wait already; ask again later`);
    this.waiting++;
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.waiting--;
    }
  }
}

const covariatesOf = ({ covariates, heard }: TideModel): CovariateModel[] =>
  covariates.map(({ name, kind, words = [] }, at) => {
    const { isHeard, gain } = heard[at]!;
    const upper = kind.toUpperCase() as Uppercase<typeof kind>;
    return { name, kind: upper, words, isHeard, gain: Number.isFinite(gain) ? gain : null };
  });
