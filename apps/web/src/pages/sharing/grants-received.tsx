import { columns, Ledger, Sheet } from '../../components/sheet.js';
import { Empty } from '../../components/states.js';
import { useNow } from '../../components/use-now.js';
import type { Grant } from '../../network/sharing-types.js';
import { Link } from '../../router/router.js';
import { GrantEnd, GrantState } from './grants-given.js';
import { grantedPart, grantedPlace, grantedThing, grantStanding } from './grant-words.js';
import { PartyName } from './party-name.js';

interface GrantsReceivedProps {
  grants: readonly Grant[];
  nameOf: (address: string) => string;
}

/** Grants that others gave, with the way to what they open. What came along with custody is not among them. */
export function GrantsReceived({ grants, nameOf }: GrantsReceivedProps) {
  const nowMs = useNow();
  return (
    <Sheet title="Grants you got" flush>
      {grants.length === 0 ? (
        <Empty title="Nobody has granted you anything">
          Goods that you accept may bring their history along without standing here.
        </Empty>
      ) : (
        <Ledger label="Grants you got" head={columns('From and what', 'Stands', 'Ends', 'See it')}>
          {grants.map((grant) => (
            <tr key={grant.id}>
              <th scope="row" className="grow">
                <PartyName address={grant.owner} nameOf={nameOf} />
                <span className="under">
                  {grantedThing(grant)}: {grantedPart(grant)}
                </span>
              </th>
              <td>
                <GrantState grant={grant} nowMs={nowMs} />
              </td>
              <td>
                <GrantEnd grant={grant} />
              </td>
              <td>
                {grantStanding(grant, nowMs).isLive ? (
                  <Place grant={grant} />
                ) : (
                  <span className="quiet">–</span>
                )}
              </td>
            </tr>
          ))}
        </Ledger>
      )}
    </Sheet>
  );
}

function Place({ grant }: { grant: Grant }) {
  const place = grantedPlace(grant);
  if (place === null) return <span className="quiet">below</span>;
  return (
    <Link to={place} aria-label={`Rows of: ${grantedThing(grant)}`}>
      Its rows
    </Link>
  );
}
