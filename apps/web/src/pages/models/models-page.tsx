import { Hash, State, Time } from '../../components/marks.js';
import { Ledger, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty, Notice } from '../../components/states.js';
import { familyTitle, proposalTitle, shortHex } from '../../format/names.js';
import { count, whole } from '../../format/numbers.js';
import { MODELS } from '../../network/queries/models.js';
import { useRead } from '../../network/reads.js';
import type { ModelFamily } from '../../network/types.js';
import { Link, useTitle } from '../../router/router.js';

const EVERY_MS = 8000;

export function ModelsPage() {
  useTitle('Models');
  const models = useRead<{ models: ModelFamily[] }>('models', MODELS, {}, { everyMs: EVERY_MS });
  return (
    <>
      <PageHead
        title="Models"
        lead="Workers run a version only if its file has the hash that was decided. A file with another hash is refused."
      />
      <Answer of={models} rows={10}>
        {(answer) =>
          answer.models.length === 0 ? (
            <Empty title="No model family is registered yet" />
          ) : (
            answer.models.map((family) => <Family key={family.id} family={family} />)
          )
        }
      </Answer>
    </>
  );
}

function Family({ family }: { family: ModelFamily }) {
  return (
    <Sheet title={familyTitle(family.name)} aside={<Hash label="family" value={family.id} />} flush>
      <div className="sheet-pad">
        <Runtime family={family} />
      </div>
      {family.versions.length === 0 ? (
        <Empty title="No version has been proposed" />
      ) : (
        <Ledger
          label={`Versions of ${family.name}`}
          head={columns('Version', 'State', '~Artifact', '~Decided by', '~#Data up to block')}
        >
          {family.versions.map((version) => (
            <tr key={version.id}>
              <th scope="row">
                <Link className="mono" to={`/models/${version.id}`}>
                  {shortHex(version.id)}
                </Link>
                <span className="under narrow">
                  <DecidedBy version={version} />
                </span>
              </th>
              <td>
                <State value={version.state} tone={version.state === 'ACTIVE' ? 'good' : 'plain'} />
                <InShadow version={version} />
              </td>
              <td className="wide">
                <Hash label="artifact hash" value={version.artifactSha256} />
              </td>
              <td className="grow wide">
                <DecidedBy version={version} />
              </td>
              <td className="number wide">{whole(version.dataBlock)}</td>
            </tr>
          ))}
        </Ledger>
      )}
    </Sheet>
  );
}

/** Of a version that is not in force: whether it is on trial beside the one that is. */
function InShadow({ version: { state, shadow } }: { version: ModelFamily['versions'][number] }) {
  if (state !== 'PROPOSED' || !shadow) return null;
  const scored = `${count(shadow.scored)} scored`;
  const words = {
    RUNS: `in shadow, ${scored}`,
    WAITS: 'waits for shadow',
    REFUSED: 'does not run in shadow',
  };
  return (
    <span className="under">{words[shadow.state as keyof typeof words] ?? `was in shadow, ${scored}`}</span>
  );
}

function DecidedBy({ version }: { version: ModelFamily['versions'][number] }) {
  if (!version.proposal) {
    return (
      <span className="quiet">{version.state === 'PROPOSED' ? 'no vote yet' : 'set at deployment'}</span>
    );
  }
  return (
    <Link to={`/governance/${version.proposal.id}`}>
      {proposalTitle(version.proposal.title, version.proposal.description)}
    </Link>
  );
}

/** What the workers run, next to what governance decided. */
function Runtime({ family }: { family: ModelFamily }) {
  const { active, runtime } = family;
  if (!active) return <p className="quiet">No version of this family has been activated.</p>;
  if (!runtime)
    return <Notice tone="warn">The decided version has not been taken up by a worker yet.</Notice>;
  if (runtime.state === 'REFUSED') {
    return (
      <Notice tone="bad">
        <p>
          <strong>Refused.</strong> A worker did not switch to{' '}
          {shortHex(runtime.wantedVersionId ?? active.id)}: {runtime.reason ?? 'no reason was given'}.
        </p>
        <p>
          {runtime.runningVersionId
            ? `Still running ${shortHex(runtime.runningVersionId)}.`
            : 'No model of this family runs.'}
        </p>
      </Notice>
    );
  }
  const right = runtime.runningVersionId === active.id;
  return (
    <p className="line">
      <State
        value={right ? 'Running as decided' : 'Not the decided version'}
        tone={right ? 'good' : 'warn'}
      />
      {runtime.runningArtifactSha256 ? (
        <span>
          file <Hash label="running artifact hash" value={runtime.runningArtifactSha256} />
        </span>
      ) : null}
      {runtime.since ? (
        <span>
          since <Time iso={runtime.since} />
        </span>
      ) : null}
    </p>
  );
}
