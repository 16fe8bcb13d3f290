import { shortHex } from '../format/names.js';
import { useWallet } from '../network/wallet-state.js';
import { Link } from '../router/router.js';

/** An account by its address, cut for reading, leading to its page; the reader's own says so. */
export function AccountLink({ address }: { address: string }) {
  const wallet = useWallet();
  const own = wallet.address?.toLowerCase() === address.toLowerCase();
  return (
    <span>
      <Link className="mono" to={`/accounts/${address}`} title={address}>
        {shortHex(address)}
      </Link>
      {own ? <span className="quiet"> (you)</span> : null}
    </span>
  );
}
