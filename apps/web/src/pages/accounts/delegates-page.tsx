import { AccountLink } from '../../components/account-link.js';
import { Selection } from '../../components/selection.js';
import { Ledger, More, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { count, tokens } from '../../format/numbers.js';
import { DELEGATES } from '../../network/queries/accounts.js';
import { usePages } from '../../network/reads.js';
import type { Connection } from '../../network/types.js';
import type { DelegateRow } from '../../network/vote-types.js';
import { Link, useSearch, useTitle } from '../../router/router.js';
import { Delegation } from '../governance/delegation.js';
import { TookPart } from './took-part.js';

const SHOWN = 50;
const SORTS = [
  ['MOST_VOTES', 'Most votes'],
  ['MOST_DELEGATORS', 'Most members'],
  ['LATEST_CHANGE', 'Latest change'],
] as const;

/** Everybody who votes with what others, or they themselves, delegated. */
export function DelegatesPage() {
  useTitle('Delegates');
  const [search, change] = useSearch();
  const [sort] = SORTS.find(([key]) => key === search.get('sort')) ?? SORTS[0];
  const pages = useDelegates(sort, SHOWN);
  const order = (
    <Selection name="Order" value={sort} among={SORTS} choose={(chosen) => change({ sort: chosen })} />
  );
  return (
    <>
      <PageHead
        title="Delegates"
        lead="Tokens vote only once they are delegated: to their holder, or to somebody whom the holder trusts."
      >
        <Link className="button" to="/governance/me">
          My votes
        </Link>
      </PageHead>
      <Delegation />
      <Sheet title="Who votes" flush aside={order}>
        <Answer of={pages} rows={8}>
          {() => <DelegateRows rows={pages.rows ?? []} />}
        </Answer>
        <More of={pages} />
      </Sheet>
    </>
  );
}

export function useDelegates(sort: string, first: number) {
  return usePages<DelegateRow, { delegates: Connection<DelegateRow> }>(
    'governance',
    DELEGATES,
    { sort, first },
    (answer) => answer.delegates,
  );
}

export function DelegateRows({ rows }: { rows: readonly DelegateRow[] }) {
  if (rows.length === 0)
    return <Empty title="Nobody has delegated yet">Votes count only after a delegation.</Empty>;
  return (
    <Ledger label="Delegates" head={columns('Account', '#Votes', '~#Members behind it', '~Took part in')}>
      {rows.map((row) => (
        <tr key={row.address}>
          <th scope="row" className="grow">
            <AccountLink address={row.address} />
            <span className="under narrow">
              {count(row.delegators)} behind it; took part in <TookPart participation={row.participation} />
            </span>
          </th>
          <td className="number">{tokens(row.votes)}</td>
          <td className="number wide">{count(row.delegators)}</td>
          <td className="wide">
            <TookPart participation={row.participation} />
          </td>
        </tr>
      ))}
    </Ledger>
  );
}
