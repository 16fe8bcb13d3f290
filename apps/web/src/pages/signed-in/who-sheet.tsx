import { Facts, Hash, Time } from '../../components/marks.js';
import { Sheet } from '../../components/sheet.js';
import { whole } from '../../format/numbers.js';
import type { Viewer } from '../../network/viewer-types.js';
import { Link } from '../../router/router.js';

/** The account and what the chain says of it, with the block that says so. */
export function WhoSheet({ viewer }: { viewer: Viewer }) {
  const { partner, submitterFor, asOf } = viewer.roles;
  return (
    <Sheet title="Who you are" aside={<Link to={`/accounts/${viewer.address}`}>Votes of this account</Link>}>
      <Facts
        rows={[
          ['Account', <Hash key="account" whole label="account" value={viewer.address} />],
          [
            'Partner',
            partner ? (
              <span key="partner">
                {partner.name}, GLN <span className="mono">{partner.gln}</span>
              </span>
            ) : (
              <span key="partner" className="quiet">
                not registered: this account may read what everybody may
              </span>
            ),
          ],
          ['Anchors for', submitterFor.length === 0 ? null : submitterFor.map(({ name }) => name).join(', ')],
          [
            'As of',
            asOf ? (
              <span key="asof">
                block {whole(asOf.blockNumber)}, <Time iso={asOf.blockTime} />
              </span>
            ) : (
              'no block yet'
            ),
          ],
        ]}
      />
      {partner ? (
        <p className="acts-row">
          <Link className="button" to={`/events?partner=${partner.address}`}>
            Events of {partner.name}
          </Link>
          <Link className="button" to="/findings">
            Findings
          </Link>
          <Link className="button" to="/custody">
            Custody
          </Link>
          <Link className="button" to="/sharing">
            Sharing
          </Link>
        </p>
      ) : (
        <p className="acts-row">
          <Link className="button" to="/sharing">
            What others let you read
          </Link>
        </p>
      )}
    </Sheet>
  );
}
