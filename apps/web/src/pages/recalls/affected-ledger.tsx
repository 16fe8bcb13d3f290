import { Hash, State, Time } from '../../components/marks.js';
import { Ledger, columns } from '../../components/sheet.js';
import { identifierPath, itemPath, stateWord } from '../../format/names.js';
import type { AffectedRow } from '../../network/audit-types.js';
import type { Hex } from '../../network/types.js';
import { Link } from '../../router/router.js';

/** Affected items, where they are and with whom. */
export function AffectedLedger({
  items,
  names,
}: {
  items: AffectedRow[];
  names: ReadonlyMap<string, string>;
}) {
  const who = (address: Hex) => names.get(address.toLowerCase()) ?? <Hash label="partner" value={address} />;
  return (
    <Ledger
      label="Affected items"
      head={columns('Item', 'State', '~Certainty', '~Place', 'Held by', '~Last seen')}
    >
      {items.map((item) => (
        <tr key={item.uri}>
          <th scope="row" className="mono grow">
            <Link to={itemPath(item.uri)} title={item.uri}>
              {identifierPath(item.uri)}
            </Link>
          </th>
          <td>
            <State value={item.state} />
          </td>
          <td className="wide">{stateWord(item.certainty)}</td>
          <td className="mono grow wide">{item.location ? identifierPath(item.location) : '–'}</td>
          <td>{item.holder ? who(item.holder) : <span className="quiet">nobody known</span>}</td>
          <td className="wide">{item.lastSeen ? <Time iso={item.lastSeen} /> : '–'}</td>
        </tr>
      ))}
    </Ledger>
  );
}
