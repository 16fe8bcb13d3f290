import { Facts, Hash, Time } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import type { FindingDetail, RuleSetting, RuleWithSettings } from '../../network/types.js';
import { Link } from '../../router/router.js';
import { parameterWords } from './parameter-words.js';

interface SettingsProps {
  finding: FindingDetail;
  settings: RuleWithSettings['settings'];
}

/** The thresholds in force when it was found, and what they were and are in other versions. */
export function SettingsSheet({ finding, settings }: SettingsProps) {
  const { setting } = finding;
  if (!setting) return null;
  return (
    <Sheet title="Thresholds when it was found" flush>
      <div className="sheet-pad">
        <Facts
          rows={[
            ...parameterWords(setting.parameters),
            [
              'Learned from',
              setting.learnedEvents === 0 ? (
                'nothing yet'
              ) : (
                <>
                  {setting.learnedEvents} events
                  {setting.learnedUntil ? (
                    <>
                      {' '}
                      up to <Time iso={setting.learnedUntil} />
                    </>
                  ) : null}
                </>
              ),
            ],
            ['Decided by', <Vote key="vote" setting={setting} />],
          ]}
        />
      </div>
      {settings.length > 1 ? <Versions settings={settings} current={finding.ruleSet} /> : null}
    </Sheet>
  );
}

function Versions({ settings, current }: { settings: SettingsProps['settings']; current: string }) {
  return (
    <Ledger
      label="Versions of the rule set"
      head={columns('Rule set', 'Thresholds', '~In force from', 'Decided by')}
    >
      {settings.map((one) => (
        <tr key={one.ruleSet} aria-current={one.ruleSet === current ? 'true' : undefined}>
          <th scope="row">
            <Hash label="rule set" value={one.ruleSet} />
            {one.ruleSet === current ? <span className="under">found this</span> : null}
          </th>
          <td className="grow">
            {parameterWords(one.parameters)
              .map(([name, value]) => `${name} ${value}`)
              .join(', ') || 'none'}
          </td>
          <td className="wide">
            <Time iso={one.takenUpAt} />
          </td>
          <td>
            <Vote setting={one} />
          </td>
        </tr>
      ))}
    </Ledger>
  );
}

/** The vote and the version that it is about; the first version was never voted. */
function Vote({ setting: { proposalId, versionId } }: { setting: RuleSetting }) {
  const version = versionId ? <Link to={`/models/${versionId}`}>version</Link> : 'a version of its own';
  return proposalId ? (
    <>
      <Link to={`/governance/${proposalId}`}>the vote</Link> on this {version}
    </>
  ) : (
    <>no vote yet: the first {version}</>
  );
}
