import { Below } from '../../components/below.js';
import { Filters, type ChangeSearch } from '../../components/filters.js';
import { Time } from '../../components/marks.js';
import { Ledger, More, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { AUDIT_RULES, FINDINGS } from '../../network/queries/findings.js';
import { usePages, useRead } from '../../network/reads.js';
import type { AuditRule, Connection, FindingRow } from '../../network/types.js';
import { Link, useSearch, useTitle } from '../../router/router.js';
import { FINDING_FILTERS, findingFilter } from './finding-filter.js';
import { FindingStateMark, Severity, Subject } from './finding-marks.js';

const SHOWN = 50;

export function FindingsPage() {
  useTitle('Findings');
  const [search, change] = useSearch();
  const filter = findingFilter(search);
  const rules = useRead<{ auditRules: AuditRule[] }>('findings', AUDIT_RULES);
  const findings = usePages<FindingRow, { findings: Connection<FindingRow> }>(
    'findings',
    FINDINGS,
    { filter, first: SHOWN },
    (answer) => answer.findings,
  );
  const titles = new Map(rules.data?.auditRules.map((rule) => [rule.id, rule.title]));
  return (
    <>
      <PageHead
        title="Findings"
        lead="What the audit rules found wrong in what partners reported, with the events that show it."
      />
      <Sheet title="Rules" flush>
        <Answer of={rules} rows={4}>
          {(answer) => <Rules rules={answer.auditRules} chosen={filter['rule']} change={change} />}
        </Answer>
      </Sheet>
      <Below rows={12}>
        <Sheet title="Findings that stand" flush>
          <Filters key={search.toString()} fields={FINDING_FILTERS} search={search} change={change} />
          <Answer of={findings} rows={12}>
            {() => (
              <Rows rows={findings.rows ?? []} titles={titles} filtered={Object.keys(filter).length > 0} />
            )}
          </Answer>
          <More of={findings} />
        </Sheet>
      </Below>
    </>
  );
}

/** Rules with findings; a press shows theirs alone. */
function Rules({
  rules,
  chosen,
  change,
}: {
  rules: AuditRule[];
  chosen: string | undefined;
  change: ChangeSearch;
}) {
  const found = rules.filter(({ findings }) => findings > 0);
  if (found.length === 0) return <Empty title="No rule has found anything" />;
  return (
    <div className="filters">
      {found.map(({ id, title, findings }) => (
        <button
          key={id}
          type="button"
          className="button"
          aria-pressed={chosen === id}
          onClick={() => change({ rule: chosen === id ? null : id })}
        >
          {id} {title}: {findings}
        </button>
      ))}
    </div>
  );
}

function Rows(props: { rows: FindingRow[]; titles: Map<string, string>; filtered: boolean }) {
  const { rows, titles, filtered } = props;
  if (rows.length === 0)
    return filtered ? (
      <Empty title="No finding fits these filters" />
    ) : (
      <Empty title="No finding stands">Events are audited once they are on chain.</Empty>
    );
  return (
    <Ledger
      label="Findings"
      head={columns('Finding', 'Severity', '~What is wrong', '~About', '~Happened', 'State')}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row">
            <Link className="mono" to={`/findings/${row.id}`}>
              {row.rule}
            </Link>
            <span className="under wide">{titles.get(row.rule)}</span>
            <span className="under narrow">{row.explanation}</span>
          </th>
          <td>
            <Severity value={row.severity} />
          </td>
          <td className="grow wide">{row.explanation}</td>
          <td className="wide">
            <Subject value={row.subject} />
          </td>
          <td className="wide">
            <Time iso={row.happenedAt} />
          </td>
          <td>
            <FindingStateMark value={row.state} />
          </td>
        </tr>
      ))}
    </Ledger>
  );
}
