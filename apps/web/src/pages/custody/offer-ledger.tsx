import type { ReactNode } from 'react';
import { Hash, State, Time } from '../../components/marks.js';
import { Ledger, columns } from '../../components/sheet.js';
import { identifierPath, itemPath } from '../../format/names.js';
import type { CustodyOffer } from '../../network/audit-types.js';
import type { Hex } from '../../network/types.js';
import { Link } from '../../router/router.js';

interface OfferLedgerProps {
  label: string;
  offers: CustodyOffer[];
  party: (offer: CustodyOffer) => ReactNode;
  partyHead: string;
  /** Which open offers a step is about. */
  choice: { isChosen: (unit: Hex) => boolean; change: (unit: Hex, isChosen: boolean) => void };
}

/** Offers with what became of them; open ones can be chosen. */
export function OfferLedger({ label, offers, party, partyHead, choice }: OfferLedgerProps) {
  return (
    <Ledger label={label} head={columns('Unit', partyHead, 'State', '~Offered', '~Open until')}>
      {offers.map((offer) => (
        <tr key={`${offer.unit} ${offer.offeredTime}`}>
          <th scope="row">
            {offer.state === 'OFFERED' ? (
              <input
                type="checkbox"
                aria-label={`Choose ${unitName(offer)}`}
                checked={choice.isChosen(offer.unit)}
                onChange={(event) => choice.change(offer.unit, event.target.checked)}
              />
            ) : null}{' '}
            {offer.uri ? (
              <Link className="mono" to={itemPath(offer.uri)} title={offer.uri}>
                {identifierPath(offer.uri)}
              </Link>
            ) : (
              <Hash label="unit" value={offer.unit} />
            )}
          </th>
          <td>{party(offer)}</td>
          <td>
            <State value={offer.state} />
            {offer.reason ? <span className="under">{offer.reason}</span> : null}
          </td>
          <td className="wide">
            <Time iso={offer.offeredTime} />
          </td>
          <td className="wide">
            <Time iso={offer.deadline} />
          </td>
        </tr>
      ))}
    </Ledger>
  );
}

function unitName({ uri, unit }: CustodyOffer): string {
  return uri ? identifierPath(uri) : unit;
}
