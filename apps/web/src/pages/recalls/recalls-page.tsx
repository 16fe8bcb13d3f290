import { useState } from 'react';
import { Facts, Hash, State, Time } from '../../components/marks.js';
import { Ledger, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty, Notice } from '../../components/states.js';
import { stateWord } from '../../format/names.js';
import { RECALL_PREVIEW, RECALLS } from '../../network/queries/recalls.js';
import { PARTNERS } from '../../network/queries/events.js';
import { useRead } from '../../network/reads.js';
import type { RecallHead, RecallPreviewAnswer } from '../../network/audit-types.js';
import type { Partner } from '../../network/types.js';
import { Link, useSearch, useTitle } from '../../router/router.js';
import { AffectedLedger } from './affected-ledger.js';
import { CRITERIA_FIELDS, criteriaOf, type CriteriaField } from './criteria.js';
import { OpenRecall } from './open-recall.js';

const LABELS: Record<CriteriaField, string> = {
  items: 'Items, lots or containers',
  products: 'Products (GTIN)',
  sites: 'Places',
  from: 'Handled from',
  to: 'Handled to',
};

export function RecallsPage() {
  useTitle('Recalls');
  const [search, change] = useSearch();
  const criteria = criteriaOf(search);
  return (
    <>
      <PageHead
        title="Recalls"
        lead="Name what is wrong; see everything that it went into, where that is and who holds it."
      />
      <Sheet title="What is recalled" flush>
        <CriteriaForm key={search.toString()} search={search} change={change} />
      </Sheet>
      {criteria ? <Preview criteria={criteria} /> : null}
      <Opened />
    </>
  );
}

function CriteriaForm(props: {
  search: URLSearchParams;
  change: (changes: Record<string, string | null>) => void;
}) {
  const { search, change } = props;
  const [typed, setTyped] = useState(
    () =>
      Object.fromEntries(CRITERIA_FIELDS.map((field) => [field, search.get(field) ?? ''])) as Record<
        CriteriaField,
        string
      >,
  );
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        change(typed);
      }}
    >
      {CRITERIA_FIELDS.map((field) => (
        <label key={field} className={field === 'from' || field === 'to' ? 'field' : 'field field-grow'}>
          {LABELS[field]}
          <input
            type={field === 'from' || field === 'to' ? 'date' : 'text'}
            value={typed[field]}
            placeholder={field === 'items' ? 'https://id.gs1.org/01/…/10/…' : undefined}
            onChange={(event) => setTyped({ ...typed, [field]: event.target.value })}
          />
        </label>
      ))}
      <button type="submit" className="button">
        Preview
      </button>
    </form>
  );
}

function Preview({ criteria }: { criteria: object }) {
  const read = useRead<{ recallPreview: RecallPreviewAnswer }>('recalls', RECALL_PREVIEW, { criteria });
  const partners = useRead<{ partners: Partner[] }>('events', PARTNERS);
  const names = new Map(partners.data?.partners.map((one) => [one.address.toLowerCase(), one.name]));
  return (
    <Answer of={read} rows={10}>
      {({ recallPreview: found }) => (
        <>
          {found.truncated ? (
            <Notice tone="warn">More is affected than one recall can hold. Narrow what is recalled.</Notice>
          ) : null}
          <Sheet title="Affected" aside={`${found.affectedCount}`} flush>
            {found.affectedCount === 0 ? (
              <Empty title="Nothing that was captured meets this" />
            ) : (
              <>
                <div className="sheet-pad">
                  <Facts
                    rows={[
                      ['States', counted(found.items.map(({ state }) => state))],
                      ['Criteria', <Hash key="criteria" label="criteria hash" value={found.criteriaHash} />],
                      [
                        'List',
                        found.affectedRoot ? (
                          <Hash key="root" label="root of the list" value={found.affectedRoot} />
                        ) : null,
                      ],
                    ]}
                  />
                </div>
                <AffectedLedger items={found.items} names={names} />
                {found.affectedCount > found.items.length ? (
                  <p className="more">The first {found.items.length} are shown; the report has all.</p>
                ) : null}
              </>
            )}
          </Sheet>
          {found.affectedCount > 0 && !found.truncated ? (
            <OpenRecall criteria={criteria} affected={found.affectedCount} />
          ) : null}
        </>
      )}
    </Answer>
  );
}

function counted(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${stateWord(word)} ${count}`).join(', ');
}

function Opened() {
  const read = useRead<{ recalls: RecallHead[] }>('recalls', RECALLS);
  return (
    <Sheet title="Opened recalls" flush>
      <Answer of={read}>
        {({ recalls }) =>
          recalls.length === 0 ? (
            <Empty title="No recall was opened yet" />
          ) : (
            <Ledger label="Recalls" head={columns('Recall', 'State', '#Items', '~Opened')}>
              {recalls.map((recall) => (
                <tr key={recall.id}>
                  <th scope="row">
                    <Link className="mono" to={`/recalls/${recall.id}`}>
                      {recall.id.slice(0, 10)}
                    </Link>
                  </th>
                  <td>
                    <State value={recall.state} />
                    {recall.drill ? <span className="under">drill</span> : null}
                  </td>
                  <td className="number">{recall.affectedCount}</td>
                  <td className="wide">
                    <Time iso={recall.createdAt} />
                  </td>
                </tr>
              ))}
            </Ledger>
          )
        }
      </Answer>
    </Sheet>
  );
}
