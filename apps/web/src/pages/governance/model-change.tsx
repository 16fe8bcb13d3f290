import { AccountLink } from '../../components/account-link.js';
import { Facts, Hash } from '../../components/marks.js';
import { Sheet } from '../../components/sheet.js';
import { whole } from '../../format/numbers.js';
import { familyTitle } from '../../format/names.js';
import type { ModelVersion, Proposal } from '../../network/types.js';
import { Link } from '../../router/router.js';
import { FileCheck } from './file-check.js';

type Change = NonNullable<Proposal['modelChange']>;

/** The version that would leave and the one that would come, side by side, with the hashes that are voted on. */
export function ModelChange({ change }: { change: Change }) {
  return (
    <Sheet title={`Model change: ${familyTitle(change.family)}`}>
      <div className="change">
        <Side title="Runs until then" version={change.fromVersion} none="No version was active before." />
        <span className="change-arrow" aria-hidden="true">
          →
        </span>
        <Side title="Would run" version={change.toVersion} none="The new version is not indexed yet." />
      </div>
    </Sheet>
  );
}

function Side({ title, version, none }: { title: string; version: ModelVersion | null; none: string }) {
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
          ]}
        />
      ) : (
        <p className="quiet">{none}</p>
      )}
    </div>
  );
}
