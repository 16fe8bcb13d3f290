import { useState } from 'react';
import { ActWords } from '../../components/act-words.js';
import { download } from '../../components/download.js';
import { Time } from '../../components/marks.js';
import { Selection } from '../../components/selection.js';
import { columns, Ledger, More, Sheet } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { useAct } from '../../components/use-act.js';
import { count } from '../../format/numbers.js';
import { READINGS } from '../../network/queries/sharing.js';
import { everyPage, usePages } from '../../network/reads.js';
import type { DataRead, Grant } from '../../network/sharing-types.js';
import type { Connection } from '../../network/types.js';
import { useSearch } from '../../router/router.js';
import { grantedThing } from './grant-words.js';
import { PartyName } from './party-name.js';
import { readingsCsv } from './readings-csv.js';

const SHOWN = 50;
/** One page of the CSV, and as much as it holds at most. */
const TAKEN = 200;
const MOST = 20_000;

interface ReadingsSheetProps {
  grants: readonly Grant[];
  nameOf: (address: string) => string;
}
type ReadingsAnswer = { readAudit: Connection<DataRead> };

/** Who read which of the partner's rows by a grant, newest first. */
export function ReadingsSheet({ grants, nameOf }: ReadingsSheetProps) {
  const [search, change] = useSearch();
  const act = useAct();
  const [isCut, setCut] = useState(false);
  const reader = search.get('reader') || null;
  const readings = usePages<DataRead, ReadingsAnswer>(
    'sharing',
    READINGS,
    { reader, first: SHOWN },
    (answer) => answer.readAudit,
  );
  const byId = new Map(grants.map((grant) => [grant.id, grant]));
  const take = () =>
    act.run(
      async () => {
        const all = await everyPage(READINGS, { reader, first: TAKEN }, pick, MOST);
        download('readings.csv', 'text/csv', readingsCsv(all.rows, grants, nameOf));
        setCut(all.isCut);
      },
      { changes: false },
    );
  return (
    <Sheet
      title="Who read your rows"
      aside={
        <Choice
          {...{ reader, nameOf, readers: readersOf(grants) }}
          choose={(value) => change({ reader: value || null })}
          take={() => void take()}
          isBusy={act.isBusy}
        />
      }
      flush
    >
      <Answer of={readings} rows={6}>
        {() => (
          <Readings rows={readings.rows ?? []} grants={byId} nameOf={nameOf} isFiltered={reader !== null} />
        )}
      </Answer>
      <More of={readings} />
      <ActWords
        fault={act.fault}
        done={isCut ? `The file holds the newest ${count(MOST)}. Choose one reader for fewer.` : null}
      />
    </Sheet>
  );
}

const pick = (answer: ReadingsAnswer): Connection<DataRead> => answer.readAudit;

/** Whom the partner let read at any time: nobody else can have read, save who took custody. */
function readersOf(grants: readonly Grant[]): string[] {
  return [...new Set(grants.map(({ grantee }) => grantee))];
}

function Choice(props: {
  reader: string | null;
  readers: readonly string[];
  nameOf: (address: string) => string;
  choose: (reader: string) => void;
  take: () => void;
  isBusy: boolean;
}) {
  const { reader, readers, nameOf, choose, take, isBusy } = props;
  const known = reader === null || readers.includes(reader) ? readers : [reader, ...readers];
  return (
    <span className="line">
      <Selection
        name="Reader"
        value={reader ?? ''}
        among={[['', 'Everybody'], ...known.map((one) => [one, nameOf(one)] as const)]}
        choose={choose}
      />
      <button type="button" className="button" disabled={isBusy} onClick={take}>
        {isBusy ? 'Reading…' : 'CSV'}
      </button>
    </span>
  );
}

function Readings(props: {
  rows: readonly DataRead[];
  grants: ReadonlyMap<string, Grant>;
  nameOf: (address: string) => string;
  isFiltered: boolean;
}) {
  const { rows, grants, nameOf, isFiltered } = props;
  if (rows.length === 0)
    return (
      <Empty title={isFiltered ? 'This reader has read nothing' : 'Nobody has read anything by a grant yet'}>
        Every answer that a grant opened is noted before it is given.
      </Empty>
    );
  return (
    <Ledger label="Readings" head={columns('Who', 'When', '~Asked for', '~By the grant of', '#Rows')}>
      {rows.map(({ id, readAt, reader, operation, rowCount, grantId }) => {
        const grant = grants.get(grantId);
        const thing = grant ? grantedThing(grant) : 'a grant that is no longer listed';
        return (
          <tr key={id}>
            <th scope="row" className="grow">
              <PartyName address={reader} nameOf={nameOf} />
              <span className="under narrow">
                {operation}, by {thing}
              </span>
            </th>
            <td>
              <Time iso={readAt} />
            </td>
            <td className="wide">{operation}</td>
            <td className="wide granted-thing">{thing}</td>
            <td className="number">{rowCount === 0 ? 'figures' : count(rowCount)}</td>
          </tr>
        );
      })}
    </Ledger>
  );
}
