import { AccountLink } from '../../components/account-link.js';
import { Below } from '../../components/below.js';
import { State, Time } from '../../components/marks.js';
import { Ledger, More, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { proposalTitle } from '../../format/names.js';
import { tokens } from '../../format/numbers.js';
import { ACCOUNT } from '../../network/queries/accounts.js';
import { useRead } from '../../network/reads.js';
import type { Hex } from '../../network/types.js';
import type { Account, Delegator } from '../../network/vote-types.js';
import { Link } from '../../router/router.js';
import { Power, PowerHistory } from './power-sheets.js';
import { useDelegators, useProposalsMade } from './use-account.js';
import { VotesCast } from './votes-cast.js';

export function AccountSheets({ address }: { address: Hex }) {
  const account = useRead<{ account: Account }>('governance', ACCOUNT, { address });
  return (
    <>
      <div className="columns">
        <Sheet title="Power">
          <Answer of={account} rows={7}>
            {(answer) => <Power account={answer.account} />}
          </Answer>
        </Sheet>
        <PowerHistory address={address} />
      </div>
      <Below>
        <VotesCast address={address} />
        <Delegators address={address} />
        <ProposalsMade address={address} />
      </Below>
    </>
  );
}

function Delegators({ address }: { address: Hex }) {
  const pages = useDelegators(address);
  return (
    <Sheet title="Whose tokens it votes with" flush>
      <Answer of={pages}>{() => <DelegatorRows rows={pages.rows ?? []} />}</Answer>
      <More of={pages} />
    </Sheet>
  );
}

function DelegatorRows({ rows }: { rows: readonly Delegator[] }) {
  if (rows.length === 0) return <Empty title="Nobody has delegated to it" />;
  return (
    <Ledger label="Whose tokens it votes with" head={columns('Account', '#Holds', '~Since')}>
      {rows.map((row) => (
        <tr key={row.address}>
          <th scope="row" className="grow">
            <AccountLink address={row.address} />
          </th>
          <td className="number">{tokens(row.balance)}</td>
          <td className="wide">
            <Time iso={row.since} />
          </td>
        </tr>
      ))}
    </Ledger>
  );
}

function ProposalsMade({ address }: { address: Hex }) {
  const pages = useProposalsMade(address);
  if (!pages.rows?.length) return null;
  return (
    <Sheet title="Proposals that it made" flush>
      <Ledger label="Proposals that it made" head={columns('Proposal', 'State', '~Voting opened')}>
        {pages.rows.map((row) => (
          <tr key={row.id}>
            <th scope="row" className="grow">
              <Link to={`/governance/${row.id}`}>{proposalTitle(row.title, row.description)}</Link>
            </th>
            <td>
              <State value={row.state} />
            </td>
            <td className="wide">
              <Time iso={row.voteStart} />
            </td>
          </tr>
        ))}
      </Ledger>
      <More of={pages} />
    </Sheet>
  );
}
