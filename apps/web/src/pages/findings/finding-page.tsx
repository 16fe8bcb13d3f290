import { Facts, Hash, State, Time } from '../../components/marks.js';
import { Ledger, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { identifierPath, stateWord, vocabularyWord } from '../../format/names.js';
import { FINDING_DETAIL } from '../../network/queries/findings.js';
import { useRead } from '../../network/reads.js';
import type { FindingDetail, RuleWithSettings } from '../../network/types.js';
import { Link, useTitle } from '../../router/router.js';
import { JudgeFinding } from './judge-finding.js';
import { SettingsSheet } from './settings-sheet.js';
import { FindingStateMark, Severity, Subject } from './finding-marks.js';

export function FindingPage({ id }: { id: string }) {
  useTitle('Finding');
  const read = useRead<{ finding: FindingDetail | null; auditRules: RuleWithSettings[] }>(
    'findings',
    FINDING_DETAIL,
    { id },
  );
  return (
    <Answer of={read} rows={14}>
      {({ finding, auditRules }) =>
        finding ? (
          <Found finding={finding} rule={auditRules.find((rule) => rule.id === finding.rule)} />
        ) : (
          <>
            <PageHead title="No such finding" />
            <Empty title="The audit knows no finding under this number">
              <Link to="/findings">See all findings.</Link>
            </Empty>
          </>
        )
      }
    </Answer>
  );
}

function Found({ finding, rule }: { finding: FindingDetail; rule: RuleWithSettings | undefined }) {
  return (
    <>
      <PageHead title={`${finding.rule} ${rule?.title ?? ''}`} lead={finding.explanation} />
      <div className="columns">
        <Sheet title="Finding">
          <Facts
            rows={[
              ['Severity', <Severity key="severity" value={finding.severity} />],
              ['State', <FindingStateMark key="state" value={finding.state} />],
              ['About', <Subject key="subject" value={finding.subject} />],
              ['Happened', <Time key="happened" iso={finding.happenedAt} />],
              ['Assigned to', finding.assignee],
              ['Comment', finding.comment],
              ['Resolution', finding.resolution],
            ]}
          />
        </Sheet>
        <Sheet title="Ground">
          <Facts
            rows={[
              [
                'Kind of rule',
                rule?.hard
                  ? 'Hard: finds nothing where nothing is wrong'
                  : 'By degree: weighs how unusual or how bad it is',
              ],
              ['Rule set', <Hash key="rules" label="rule set" value={finding.ruleSet} />],
              ['Raised', <Time key="raised" iso={finding.raisedAt} />],
              ['As of block', finding.asOfBlock],
            ]}
          />
        </Sheet>
      </div>
      <Evidence finding={finding} />
      <SettingsSheet finding={finding} settings={rule?.settings ?? []} />
      <History finding={finding} />
      {finding.state === 'WITHDRAWN' ? null : <JudgeFinding id={finding.id} state={finding.state} />}
    </>
  );
}

function Evidence({ finding }: { finding: FindingDetail }) {
  return (
    <Sheet title="Evidence" aside={`${finding.evidence.length}`} flush>
      <Ledger label="Events that show it" head={columns('Event', 'Step', '~Place', '~Time', 'On chain')}>
        {finding.evidence.map((event) => (
          <tr key={event.id}>
            <th scope="row">
              <Link className="mono" to={`/events/${encodeURIComponent(event.id)}`}>
                {event.id.slice(0, 8)}
              </Link>
            </th>
            <td>{event.bizStep ? vocabularyWord(event.bizStep) : event.type}</td>
            <td className="mono grow wide">{identifierPath(event.readPoint ?? '–')}</td>
            <td className="wide">
              <Time iso={event.eventTime} />
            </td>
            <td>
              <State value={event.status} />
            </td>
          </tr>
        ))}
      </Ledger>
    </Sheet>
  );
}

function History({ finding }: { finding: FindingDetail }) {
  return (
    <Sheet title="History" flush>
      <Ledger label="What happened to it" head={columns('What', 'State', 'When', '~By', '~Words', '~#Block')}>
        {finding.history.map((change, index) => (
          <tr key={`${change.changedAt}-${index}`}>
            <th scope="row">{stateWord(change.kind)}</th>
            <td>
              <FindingStateMark value={change.state} />
            </td>
            <td>
              <Time iso={change.changedAt} />
            </td>
            <td className="wide">
              {change.actor ? <Hash label="partner" value={change.actor} /> : 'the rules'}
            </td>
            <td className="grow wide">
              {[change.comment, change.resolution].filter(Boolean).join(' · ') || '–'}
            </td>
            <td className="number wide">{change.asOfBlock}</td>
          </tr>
        ))}
      </Ledger>
    </Sheet>
  );
}
