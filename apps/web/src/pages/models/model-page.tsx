import { Below } from '../../components/below.js';
import { Facts, Hash, State } from '../../components/marks.js';
import { PageHead, Sheet } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { VoteNote } from './vote-note.js';
import { familyTitle, shortHex } from '../../format/names.js';
import { whole } from '../../format/numbers.js';
import { MODEL_VERSION_DETAIL } from '../../network/queries/models.js';
import type { ModelParameter } from '../../network/parameter-types.js';
import { useRead } from '../../network/reads.js';
import type { ModelVersion, ProposalLink } from '../../network/types.js';
import { Link, useTitle } from '../../router/router.js';
import type { BacktestTable } from '../../network/backtest-types.js';
import { FileCheck } from '../governance/file-check.js';
import { DETECTORS, LATENESS } from '../governance/model-change.js';
import { BacktestSheet } from './backtest-sheet.js';
import { readLatenessFigures } from './lateness-figures.js';
import { LatenessSheet } from './lateness-sheet.js';
import { ParametersSheet } from './parameters-sheet.js';
import { Report } from './report.js';
import { ShadowSheet } from './shadow-sheet.js';
import { TrackRecord } from './track-record.js';

type Detail = ModelVersion & {
  /** The method of a forecaster; null for other families. */
  forecaster: string | null;
  proposal: ProposalLink | null;
  report: unknown;
  parameters: ModelParameter[] | null;
};

interface Answered {
  modelVersion: Detail | null;
  /** Null where the report holds no figures of models. */
  backtest: BacktestTable | null;
}

export function ModelPage({ id }: { id: string }) {
  useTitle(`Model version ${shortHex(id)}`);
  const read = useRead<Answered>('models', MODEL_VERSION_DETAIL, { id });
  return (
    <Answer of={read} rows={12}>
      {(answer) =>
        answer.modelVersion ? (
          <Found version={answer.modelVersion} backtest={answer.backtest} />
        ) : (
          <>
            <PageHead title="No such model version" />
            <Empty title="No version with this hash was proposed">
              <Link to="/models">See all models.</Link>
            </Empty>
          </>
        )
      }
    </Answer>
  );
}

const kindWords = (forecaster: string): string =>
  forecaster === LATENESS ? 'tells lateness of deliveries' : `forecasts by ${forecaster}`;

function Found({ version, backtest }: { version: Detail; backtest: BacktestTable | null }) {
  const lateness = readLatenessFigures(version.report);
  const forecasts = version.family !== DETECTORS && version.forecaster !== LATENESS;
  return (
    <>
      <PageHead
        title={`${familyTitle(version.family)} ${shortHex(version.id)}`}
        lead={
          <>
            <State value={version.state} tone={version.state === 'ACTIVE' ? 'good' : 'plain'} /> proposed by{' '}
            <Hash label="proposer" value={version.proposer} />
            {version.forecaster === null ? null : `, ${kindWords(version.forecaster)}`}
          </>
        }
      >
        {version.state === 'ACTIVE' ? null : (
          <Link
            className="button"
            to={`/governance/new?kind=${version.family === 'audit-rules' ? 'rules' : 'version'}&version=${version.id}`}
          >
            Propose to run it
          </Link>
        )}
      </PageHead>
      <Sheet title="What was fixed on chain">
        <Facts
          wide
          rows={[
            ['Version', <Hash key="id" whole label="version" value={version.id} />],
            [
              'Artifact SHA-256',
              <FileCheck key="artifact" whole label="artifact hash" sha256={version.artifactSha256} />,
            ],
            [
              'Report SHA-256',
              <FileCheck key="report" whole label="report hash" sha256={version.reportSha256} atOnce />,
            ],
            ['Data root', <Hash key="root" whole label="data root" value={version.dataRoot} />],
            ['Data up to block', whole(version.dataBlock)],
            ['Proposed in block', whole(version.proposedBlock)],
            [
              'Kept at',
              <span key="uri" className="chain-text">
                {version.uri}
              </span>,
            ],
            ['Vote', <VoteNote key="vote" version={version} />],
          ]}
        />
      </Sheet>
      <Below>
        {forecasts ? (
          <>
            <ShadowSheet versionId={version.id} />
            <TrackRecord versionId={version.id} />
          </>
        ) : null}
        {lateness ? <LatenessSheet figures={lateness} from="from its report" /> : null}
        {backtest ? <BacktestSheet table={backtest} /> : null}
        {version.parameters ? <ParametersSheet parameters={version.parameters} /> : null}
        <Sheet title="Evaluation report">
          {version.report === null || version.report === undefined ? (
            <Empty title="The report is not in the store">
              Its hash is on chain; the file itself was not found here.
            </Empty>
          ) : (
            <Report report={version.report} isTold={backtest !== null || lateness !== null} />
          )}
        </Sheet>
      </Below>
    </>
  );
}
