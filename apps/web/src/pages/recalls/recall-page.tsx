import { download } from '../../components/download.js';
import { Facts, Hash, State, Time } from '../../components/marks.js';
import { PageHead, Sheet } from '../../components/sheet.js';
import { Answer, Empty, Notice } from '../../components/states.js';
import { RECALL } from '../../network/queries/recalls.js';
import { useRead } from '../../network/reads.js';
import type { RecallDetail } from '../../network/audit-types.js';
import { Link, useTitle } from '../../router/router.js';
import { AffectedLedger } from './affected-ledger.js';
import { DrillForms } from './drill-forms.js';
import { HoldersSheet } from './holders-sheet.js';
import { RecallClock } from './recall-clock.js';
import { RecallCsv } from './recall-csv.js';

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
  const { drill, items, affectedCount } = recall;
  const names = new Map(
    recall.holders.flatMap(({ partner, name }) => (name ? [[partner.toLowerCase(), name] as const] : [])),
  );
  return (
    <>
      <PageHead
        title={drill ? 'Recall drill' : 'Recall'}
        lead={
          <>
            <State value={recall.state} /> <Time iso={recall.createdAt} />
          </>
        }
      >
        <RecallCsv
          id={recall.id}
          save={(text) => download(`recall_${recall.id.slice(0, 10)}.csv`, 'text/csv', text)}
        />
        <button type="button" className="button" onClick={() => window.print()}>
          Print
        </button>
      </PageHead>
      {drill ? (
        <Notice tone="warn">A drill: no goods are recalled, and nothing of it is on chain.</Notice>
      ) : null}
      {recall.lastError ? <Notice tone="bad">The chain refused it: {recall.lastError}</Notice> : null}
      <RecallClock progress={recall.progress} isDrill={drill} />
      <div className="columns">
        <FactsSheet recall={recall} />
        <HoldersSheet holders={recall.holders} />
      </div>
      {drill && recall.state === 'OPEN' ? <DrillForms id={recall.id} /> : null}
      <Sheet title="Items when it was opened" aside={`${affectedCount}`} flush>
        <AffectedLedger items={items} names={names} />
        {affectedCount > items.length ? (
          <p className="more">The first {items.length} are shown; the CSV has all.</p>
        ) : null}
      </Sheet>
    </>
  );
}

function FactsSheet({ recall }: { recall: RecallDetail }) {
  return (
    <Sheet title={recall.drill ? 'What is drilled' : 'On chain'}>
      <Facts
        rows={[
          ['Recall', <Hash key="id" label="recall" value={recall.id} />],
          ['Opener', <Hash key="opener" label="opener" value={recall.partner} />],
          ['Criteria', <Hash key="criteria" label="criteria hash" value={recall.criteriaHash} />],
          ['List', <Hash key="root" label="root of the list" value={recall.affectedRoot} />],
          ...(recall.drill ? [] : [['Block', recall.openedBlock] as const]),
          ['Closed', recall.closedTime ? <Time key="closed" iso={recall.closedTime} /> : null],
          ['Outcome', recall.outcome || null],
        ]}
      />
    </Sheet>
  );
}
