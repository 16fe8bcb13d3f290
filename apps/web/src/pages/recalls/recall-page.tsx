import { Facts, Hash, State, Time } from '../../components/marks.js';
import { Ledger, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty, Notice } from '../../components/states.js';
import { RECALL } from '../../network/queries/audit.js';
import { useRead } from '../../network/reads.js';
import type { RecallDetail } from '../../network/audit-types.js';
import { Link, useTitle } from '../../router/router.js';
import { AffectedLedger } from './affected-ledger.js';

const EVERY_MS = 8_000;

export function RecallPage({ id }: { id: string }) {
  useTitle('Recall');
  const read = useRead<{ recall: RecallDetail | null }>('recalls', RECALL, { id }, { everyMs: EVERY_MS });
  return (
    <Answer of={read} rows={14}>
      {({ recall }) =>
        recall ? (
          <Found recall={recall} />
        ) : (
          <>
            <PageHead title="No such recall" />
            <Empty title="No recall was opened under this number">
              <Link to="/recalls">See all recalls.</Link>
            </Empty>
          </>
        )
      }
    </Answer>
  );
}

function Found({ recall }: { recall: RecallDetail }) {
  const names = new Map(
    recall.holders.flatMap(({ partner, name }) => (name ? [[partner.toLowerCase(), name] as const] : [])),
  );
  const answered = recall.holders.filter(({ acknowledgedTime }) => acknowledgedTime !== null).length;
  return (
    <>
      <PageHead
        title="Recall"
        lead={
          <>
            <State value={recall.state} /> <Time iso={recall.createdAt} />
          </>
        }
      >
        <button type="button" className="button" onClick={() => window.print()}>
          Print
        </button>
      </PageHead>
      {recall.lastError ? <Notice tone="bad">The chain refused it: {recall.lastError}</Notice> : null}
      <div className="columns">
        <Sheet title="On chain">
          <Facts
            rows={[
              ['Recall', <Hash key="id" label="recall" value={recall.id} />],
              ['Opener', <Hash key="opener" label="opener" value={recall.partner} />],
              ['Criteria', <Hash key="criteria" label="criteria hash" value={recall.criteriaHash} />],
              ['List', <Hash key="root" label="root of the list" value={recall.affectedRoot} />],
              ['Block', recall.openedBlock],
              ['Closed', recall.closedTime ? <Time key="closed" iso={recall.closedTime} /> : null],
              ['Outcome', recall.outcome || null],
            ]}
          />
        </Sheet>
        <Sheet title="Holders" aside={`${answered} of ${recall.holders.length} answered`} flush>
          {recall.holders.length === 0 ? (
            <Empty title="Nobody known held affected goods" />
          ) : (
            <Ledger label="Holders" head={columns('Partner', '#Items', 'Answered', '#Recovered')}>
              {recall.holders.map((holder) => (
                <tr key={holder.partner}>
                  <th scope="row">
                    {holder.name ?? <Hash label="partner" value={holder.partner} />}
                    {holder.deliveryError ? (
                      <span className="under">webhook: {holder.deliveryError}</span>
                    ) : null}
                  </th>
                  <td className="number">{holder.items}</td>
                  <td>
                    {holder.acknowledgedTime ? (
                      <Time iso={holder.acknowledgedTime} />
                    ) : (
                      <span className="quiet">not yet</span>
                    )}
                  </td>
                  <td className="number">{holder.recovered ?? '–'}</td>
                </tr>
              ))}
            </Ledger>
          )}
        </Sheet>
      </div>
      <Sheet title="Items when it was opened" aside={`${recall.affectedCount}`} flush>
        <AffectedLedger items={recall.items} names={names} />
      </Sheet>
    </>
  );
}
