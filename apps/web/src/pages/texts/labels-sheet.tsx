import { Facts, Hash, Time } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Empty } from '../../components/states.js';
import { percent } from '../../format/numbers.js';
import type { TextLabels } from '../../network/text-types.js';
import { Link } from '../../router/router.js';
import { LabelMarks } from './label-marks.js';

const SHOWN = 6;

/** What the latest version said, how sure it was, and which vote put it in force; older versions below. */
export function LabelsSheet({ labels }: { labels: TextLabels[] }) {
  const [latest, ...older] = labels;
  if (!latest)
    return (
      <Sheet title="Labels">
        <Empty title="No voted model has read it yet" />
      </Sheet>
    );
  return (
    <Sheet title="Labels" aside={<LabelMarks labels={latest} />} flush>
      <Ledger label="Probabilities" head={columns('Label', '#Probability', '~#Given from')}>
        {latest.probabilities.slice(0, SHOWN).map(({ label, probability, threshold }) => (
          <tr key={label}>
            <th scope="row" className="grow">
              {label}
            </th>
            <td className="number">{percent(probability)}</td>
            <td className="number wide">{percent(threshold)}</td>
          </tr>
        ))}
      </Ledger>
      <div className="sheet-pad">
        <Facts
          rows={[
            [
              'Model version',
              <Link key="version" className="mono" to={`/models/${latest.versionId}`}>
                {latest.versionId.slice(0, 10)}
              </Link>,
            ],
            ['Its file', <Hash key="artifact" label="artifact hash" value={latest.artifactSha256} />],
            [
              'Decided by',
              latest.proposalId ? (
                <Link key="proposal" to={`/governance/${latest.proposalId}`}>
                  a vote
                </Link>
              ) : (
                'the deployment'
              ),
            ],
            ['Read', <Time key="read" iso={latest.labelledAt} />],
            ...older.map(
              (each) =>
                [
                  `Version ${each.versionId.slice(0, 10)}`,
                  <LabelMarks key={each.versionId} labels={each} />,
                ] as const,
            ),
          ]}
        />
      </div>
    </Sheet>
  );
}
