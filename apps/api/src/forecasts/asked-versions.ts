import { Injectable } from '@nestjs/common';
import {
  ForecastingError,
  readArtifact,
  tideSettings,
  type FeatureSpec,
  type TideModel,
} from '@tallyhouse/forecasting';
import { ModelReader, runningVersions, VersionFiles, type ModelVersionRow } from '@tallyhouse/model-registry';
import { DataSource } from 'typeorm';
import { InputError } from '../shared/errors/api.errors.js';
import type { CovariateModel, WhatIfVersionModel } from './what-if.model.js';

const FAMILY = 'demand';
/** Versions of which it is told what they take: those put forward last. */
const MOST_LISTED = 20;
/** What files say of themselves is kept of so many: they are named by their hash and never change. */
const MOST_KEPT = 200;
/** A larger file of a version that no vote put into force is not read for a question. */
const MOST_BYTES = 32 * 1024 * 1024;

/** A version that is asked, and the hash of its file. */
export interface AskedVersion {
  readonly versionId: string;
  readonly artifactSha256: string;
  readonly state: ModelVersionRow['state'];
}

/** What a network with covariates says of itself, its weights left aside. */
export type AskedNetwork = Omit<TideModel, 'graph'> & { readonly featureSpec: FeatureSpec };

/** Finds versions that can be asked what would be, and what each of them takes. */
@Injectable()
export class AskedVersions {
  /** By the hash of the file; null for another forecaster, or one that cannot be read. */
  private readonly kept = new Map<string, AskedNetwork | null>();

  public constructor(
    private readonly dataSource: DataSource,
    private readonly versions: ModelReader,
    private readonly files: VersionFiles,
  ) {}

  /**
   * A registered version, or what runs where none is named.
   *
   * @throws InputError where there is no such version
   */
  public async find(versionId: string | null | undefined): Promise<AskedVersion> {
    const [running] = versionId ? [] : await runningVersions(this.dataSource, [FAMILY]);
    if (!versionId && !running)
      throw new InputError(
        'ARGUMENT_INVALID',
        'no demand model is in force yet; ask when one was voted in, or name a candidate with versionId',
      );
    const id = running?.versionId ?? versionId!.toLowerCase();
    const [found] = await this.versions.byIds([id]);
    if (!found)
      throw new InputError(
        'ARGUMENT_INVALID',
        `versionId: there is no version ${id}; { whatIfVersions { versionId state } } lists those that can be asked`,
      );
    const { state, artifactSha256 } = found;
    return { versionId: id, artifactSha256: running?.artifactSha256 ?? artifactSha256, state };
  }

  /** @throws InputError where its file cannot be had, or takes no covariates */
  public async network(version: AskedVersion): Promise<AskedNetwork> {
    const { versionId } = version;
    const found = await this.opened(version);
    if (found) return found;
    throw new InputError(
      'ARGUMENT_INVALID',
      found === undefined
        ? `the file of version ${versionId} cannot be had here now${isCandidate(version) ? ', or has more than 32 MiB' : ''}; the page of the version says why`
        : `version ${versionId} takes no covariates, so it cannot tell what a price or a promotion would do; bring plans in and put one to the vote that does: ./tallyhouse model train --forecaster tide`,
    );
  }

  /** The bytes of its file, their hash checked; null where they cannot be had. */
  public bytes(version: AskedVersion): Promise<Uint8Array | null> {
    const { artifactSha256 } = version;
    return this.files.find(artifactSha256, isCandidate(version) ? MOST_BYTES : undefined);
  }

  /** Those of the last versions that take covariates, what runs first, then the newest. */
  public async list(): Promise<WhatIfVersionModel[]> {
    const [running] = await runningVersions(this.dataSource, [FAMILY]);
    const family = (await this.versions.families()).find(({ name }) => name === FAMILY);
    const last = family ? await this.versions.ofFamilies([family.id]) : [];
    const listed: WhatIfVersionModel[] = [];
    const isRun = ({ id }: ModelVersionRow): boolean => id === running?.versionId;
    for (const row of [...last.filter(isRun), ...last.filter((one) => !isRun(one))].slice(0, MOST_LISTED)) {
      const artifactSha256 = isRun(row) ? running!.artifactSha256 : row.artifactSha256;
      const { id: versionId, state, proposedTime } = row;
      const network = await this.opened({ versionId, artifactSha256, state });
      if (!network) continue;
      const { measure, frequency } = network.featureSpec;
      const upper = frequency.toUpperCase() as Uppercase<typeof frequency>;
      listed.push({
        ...{ versionId, state, proposedTime, measure, isRunning: isRun(row) },
        ...{ frequency: upper, covariates: covariatesOf(network) },
      });
    }
    return listed;
  }

  /** Null for another forecaster, undefined where the file cannot be had. */
  private async opened(version: AskedVersion): Promise<AskedNetwork | null | undefined> {
    const { artifactSha256 } = version;
    const known = this.kept.get(artifactSha256);
    if (known !== undefined) return known;
    const bytes = await this.bytes(version);
    if (!bytes) return undefined;
    const [oldest] = this.kept.keys();
    if (this.kept.size >= MOST_KEPT && oldest) this.kept.delete(oldest);
    const network = networkOf(bytes);
    this.kept.set(artifactSha256, network);
    return network;
  }
}

/** Whether no vote ever put it into force. */
export const isCandidate = ({ state }: AskedVersion): boolean => state === 'PROPOSED';

/** What an artifact takes, as it is shown. */
export const covariatesOf = ({ covariates, heard }: AskedNetwork): CovariateModel[] =>
  covariates.map(({ name, kind, words = [] }, at) => {
    const { isHeard, gain } = heard[at]!;
    const upper = kind.toUpperCase() as Uppercase<typeof kind>;
    return { name, kind: upper, words, isHeard, gain: Number.isFinite(gain) ? gain : null };
  });

/** What stands in the file is read here, in bounds; its weights are run elsewhere. */
function networkOf(bytes: Uint8Array): AskedNetwork | null {
  try {
    const manifest = readArtifact(bytes);
    const settings = tideSettings(manifest);
    return settings ? { ...settings, featureSpec: manifest.featureSpec } : null;
  } catch (error) {
    if (error instanceof ForecastingError) return null;
    throw error;
  }
}
