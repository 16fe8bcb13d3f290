import { Injectable } from '@nestjs/common';
import { ForecastReader, readComparison, type ComparisonLine } from '@tallyhouse/forecasting';
import type { ModelChange } from '@tallyhouse/governance';
import { ReportReader, VersionFiles, type ModelVersionRow } from '@tallyhouse/model-registry';
import type { Loaders } from '../shared/request/loaders.js';
import { manifestOf } from './manifest-of.js';
import type {
  ComparisonLineModel,
  ModelComparisonModel,
  ModelDiffModel,
  ModelSideModel,
} from './model-diff.model.js';

/** Lays the two versions of a proposal side by side. */
@Injectable()
export class ModelDiffs {
  public constructor(
    private readonly files: VersionFiles,
    private readonly reports: ReportReader,
    private readonly forecasts: ForecastReader,
  ) {}

  /** Null when the new version is not known to the registry. */
  public async of(change: ModelChange, loaders: Loaders): Promise<ModelDiffModel | null> {
    const { fromVersionId, toVersionId } = change;
    const next = await loaders.modelVersion.load(toVersionId);
    if (!next) return null;
    const old = fromVersionId === null ? null : await loaders.modelVersion.load(fromVersionId);
    const [oldSide, newSide, comparison] = await Promise.all([
      old ? this.side(old) : null,
      this.side(next),
      this.comparison(next, old),
    ]);
    return { family: next.family, old: oldSide, new: newSide, comparison };
  }

  private async side(version: ModelVersionRow): Promise<ModelSideModel> {
    const [artifact, report, bytes, [record]] = await Promise.all([
      this.files.state(version.artifactSha256),
      this.files.state(version.reportSha256),
      this.files.find(version.artifactSha256),
      this.forecasts.versionRecords([version.id]),
    ]);
    const { proposer: trainedBy, dataRoot, dataBlock } = version;
    return {
      version,
      trainedBy,
      dataRoot,
      dataBlock,
      artifact,
      report,
      ...manifestOf(bytes),
      record: record ?? null,
    };
  }

  private async comparison(
    version: ModelVersionRow,
    old: ModelVersionRow | null,
  ): Promise<ModelComparisonModel | null> {
    // A report that the store lost or that was altered says nothing; its side says so.
    const report = await this.reports.find(version.reportSha256).catch(() => null);
    const found = readComparison(report);
    if (!found) return null;
    const { incumbent, incumbentArtifact, confidence, tolerance } = found;
    const lines = found.lines.map(toLine);
    return {
      ...{ incumbent, incumbentArtifact, confidence, tolerance, lines },
      isAgainstOld: old !== null && old.artifactSha256 === incumbentArtifact,
      worse: lines.filter(({ verdict }) => verdict === 'WORSE'),
    };
  }
}

function toLine({ incumbent, candidate, ...line }: ComparisonLine): ComparisonLineModel {
  return { ...line, old: incumbent, new: candidate };
}
