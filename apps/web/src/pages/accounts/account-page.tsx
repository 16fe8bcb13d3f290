import { Hash } from '../../components/marks.js';
import { PageHead } from '../../components/sheet.js';
import { Empty } from '../../components/states.js';
import { shortHex } from '../../format/names.js';
import type { Hex } from '../../network/types.js';
import { useWallet } from '../../network/wallet-state.js';
import { Link, useTitle } from '../../router/router.js';
import { Delegation } from '../governance/delegation.js';
import { AccountSheets } from './account-sheets.js';
import { DelegateHere } from './delegate-here.js';

const ADDRESS = /^0x[0-9a-f]{40}$/i;

/** What one account has to do with votes. */
export function AccountPage({ address }: { address: string }) {
  useTitle(`Account ${shortHex(address)}`);
  if (!ADDRESS.test(address)) {
    return (
      <>
        <PageHead title="No such account" />
        <Empty title="An account is 0x and 40 hex digits">
          <Link to="/governance/delegates">See all delegates.</Link>
        </Empty>
      </>
    );
  }
  const account = address.toLowerCase() as Hex;
  return (
    <>
      <PageHead title={`Account ${shortHex(account)}`} lead={<Hash whole label="account" value={account} />}>
        <DelegateHere account={account} />
      </PageHead>
      <AccountSheets address={account} />
    </>
  );
}

/** The same of the reader's own account, with the way to delegate. */
export function OwnAccountPage() {
  useTitle('My votes');
  const { address } = useWallet();
  if (address === null) {
    return (
      <>
        <PageHead
          title="My votes"
          lead="Your power, who votes with your tokens, and every vote that you have cast."
        />
        <Empty title="No wallet is connected">
          Connect one at the top of the page. Until then, see{' '}
          <Link to="/governance/delegates">all delegates</Link>.
        </Empty>
      </>
    );
  }
  return (
    <>
      <PageHead title="My votes" lead={<Hash whole label="account" value={address} />}>
        <Link className="button" to={`/accounts/${address.toLowerCase()}`}>
          As others see it
        </Link>
      </PageHead>
      <Delegation />
      <AccountSheets address={address.toLowerCase() as Hex} />
    </>
  );
}
