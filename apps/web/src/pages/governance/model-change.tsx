import { AccountLink } from '../../components/account-link.js';
import { Facts, Hash } from '../../components/marks.js';
import { Sheet } from '../../components/sheet.js';
import { besideNaive } from '../../format/beside-naive.js';
import { familyTitle } from '../../format/names.js';
import { bytes, percent, whole } from '../../format/numbers.js';
import { MODEL_SIDES } from '../../network/queries/governance.js';
import { useRead } from '../../network/reads.js';
import type { ModelVersion, Proposal } from '../../network/types.js';
import type { ModelSide, ModelSides } from '../../network/vote-types.js';
import { Link } from '../../router/router.js';
import { FileCheck } from './file-check.js';

/** Versions of this family are parameters of detectors; they forecast nothing. */
export const DETECTORS = 'anomaly';
/** Versions of this family tell lateness of deliveries, or forecast series. */
export const LEAD_TIME = 'lead-time';
/** What the file of a version that tells of deliveries calls itself. */
export const LATENESS = 'lateness';

type Change = NonNullable<Proposal['modelChange']>;

/** The version that would leave and the one that would come, side by side, with the hashes that are voted on. */
export function ModelChange({ change, proposalId }: { change: Change; proposalId: string }) {
  const sides = useRead<ModelSides>('models', MODEL_SIDES, { id: proposalId }).data?.proposal?.modelDiff;
  return (
    <Sheet title={`Model change: ${familyTitle(change.family)}`}>
      <div className="change">
        <Side
          title="Runs until then"
          version={change.fromVersion}
          said={sides?.old}
          none="No version was active before."
        />
        <span className="change-arrow" aria-hidden="true">
          →
        </span>
        <Side
          title="Would run"
          version={change.toVersion}
          said={sides?.new}
          none="The new version is not indexed yet."
        />
      </div>
      {change.toVersion ? (
        <p className="quiet">
          Measure it again on your own machine:{' '}
          <code>
            ./tallyhouse {change.family === DETECTORS ? 'anomaly' : 'model'} evaluate{' '}
            {change.toVersion.artifactSha256}
          </code>
        </p>
      ) : null}
    </Sheet>
  );
}

interface SideProps {
  title: string;
  version: ModelVersion | null;
  /** Undefined until it is read. */
  said: ModelSide | null | undefined;
  none: string;
}

function Side({ title, version, said, none }: SideProps) {
  return (
    <div className="change-side">
      <h3>{title}</h3>
      {version ? (
        <Facts
          rows={[
            [
              'Version',
              <Link key="id" className="mono" to={`/models/${version.id}`} title={version.id}>
                {version.id.slice(0, 10)}…
              </Link>,
            ],
            ['Artifact', <FileCheck key="artifact" label="artifact hash" sha256={version.artifactSha256} />],
            ['Report', <FileCheck key="report" label="report hash" sha256={version.reportSha256} atOnce />],
            ['Data root', <Hash key="root" label="data root" value={version.dataRoot} />],
            ['Data up to block', whole(version.dataBlock)],
            ['Put forward by', <AccountLink key="proposer" address={version.proposer} />],
            [
              'Size',
              words(said, ({ artifact }) =>
                artifact.bytes === null ? 'not kept here' : bytes(artifact.bytes),
              ),
            ],
            ...(version.family === DETECTORS ? [] : modelRows(said)),
          ]}
        />
      ) : (
        <p className="quiet">{none}</p>
      )}
    </div>
  );
}

/** What only a model has. */
function modelRows(said: ModelSide | null | undefined): [string, string][] {
  return [
    ['Kind', words(said, ({ forecaster }) => forecaster ?? 'not said by the file')],
    ['Licence', words(said, ({ licence }) => licence ?? 'none stated')],
    ...(said?.forecaster === LATENESS
      ? []
      : [['Track record', words(said, ({ record }) => recordWords(record))] as [string, string]]),
  ];
}

/** A line keeps its place while it is read. */
function words(side: ModelSide | null | undefined, of: (side: ModelSide) => string): string {
  return side ? of(side) : side === null ? 'unknown' : '…';
}

function recordWords(record: ModelSide['record']): string {
  if (!record) return 'has not run';
  const { runs, scored, meanSmape, coverage80, relativeMase } = record;
  const count = `${whole(String(runs))} ${runs === 1 ? 'run' : 'runs'}, ${whole(String(scored))} outcomes`;
  if (meanSmape === null) return count;
  const inside = coverage80 === null ? '' : `, ${percent(coverage80)} inside the 80% interval`;
  const beside = besideNaive(relativeMase);
  return `${count}: sMAPE ${meanSmape.toFixed(1)}%${beside ? `, ${beside}` : ''}${inside}`;
}
