import { Hash, Time } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Empty } from '../../components/states.js';
import type { RecallDetail } from '../../network/audit-types.js';

/** Who held affected goods, whether they were reached, and what they answered. */
export function HoldersSheet({ holders }: { holders: RecallDetail['holders'] }) {
  const answered = holders.filter(({ acknowledgedTime }) => acknowledgedTime !== null).length;
  return (
    <Sheet title="Holders" aside={`${answered} of ${holders.length} answered`} flush>
      {holders.length === 0 ? (
        <Empty title="Nobody known held affected goods" />
      ) : (
        <Ledger label="Holders" head={columns('Partner', '#Items', 'Answered', '#Recovered')}>
          {holders.map((holder) => (
            <tr key={holder.partner}>
              <th scope="row">
                {holder.name ?? <Hash label="partner" value={holder.partner} />}
                <span className="under">{reached(holder)}</span>
              </th>
              <td className="number">{holder.items}</td>
              <td>
                {holder.acknowledgedTime ? (
                  <Time iso={holder.acknowledgedTime} />
                ) : (
                  <span className="quiet">not yet</span>
                )}
              </td>
              <td className="number">{holder.recovered ?? '–'}</td>
            </tr>
          ))}
        </Ledger>
      )}
    </Sheet>
  );
}

function reached({ toldAt, deliveredAt, deliveryError }: RecallDetail['holders'][number]) {
  if (deliveredAt)
    return (
      <>
        webhook reached <Time iso={deliveredAt} />
      </>
    );
  if (deliveryError) return `webhook: ${deliveryError}`;
  return toldAt ? 'webhook not reached yet, or none set' : 'held nothing; answered unasked';
}
