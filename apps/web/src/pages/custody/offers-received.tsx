import { useId, useState } from 'react';
import { Sheet } from '../../components/sheet.js';
import { Empty } from '../../components/states.js';
import type { CustodyOffer } from '../../network/audit-types.js';
import type { Hex } from '../../network/types.js';
import type { Acting } from './desk.js';
import { OfferLedger } from './offer-ledger.js';

const REASON_MOST = 500;

/** Units offered to the partner: those that are open are chosen, then taken or refused together. */
export function OffersReceived({ offers, acting }: { offers: CustodyOffer[]; acting: Acting }) {
  const open = offers.filter(({ state }) => state === 'OFFERED');
  const [left, setLeft] = useState<ReadonlySet<Hex>>(new Set());
  const [reason, setReason] = useState('');
  const id = useId();
  const units = open.map(({ unit }) => unit).filter((unit) => !left.has(unit));
  const { account, partner, busy, run } = acting;
  const calls = () => import('../../network/custody.js');
  const accept = () =>
    run(`Accepted: ${units.length}. You hold them now.`, async () =>
      (await calls()).acceptUnits(account, partner, units),
    );
  const reject = () =>
    run(`Rejected: ${units.length}. Their holder is who it was.`, async () =>
      (await calls()).rejectUnits(account, partner, units, reason.trim()),
    );
  return (
    <Sheet title="Offered to you" aside={`${open.length} open`} flush>
      {offers.length === 0 ? <Empty title="Nothing was offered to you yet" /> : null}
      {offers.length > 0 ? (
        <OfferLedger
          label="Offers to you"
          offers={offers}
          party={({ sender }) => acting.nameOf(sender)}
          partyHead="From"
          choice={{
            isChosen: (unit) => !left.has(unit),
            change: (unit, isChosen) => setLeft(changed(left, unit, !isChosen)),
          }}
        />
      ) : null}
      {open.length > 0 ? (
        <div className="filters">
          <button
            type="button"
            className="button button-main"
            disabled={busy || units.length === 0}
            onClick={() => void accept()}
          >
            Accept {units.length}
          </button>
          <label className="field field-grow" htmlFor={id}>
            Reason for refusing, kept on chain
            <input
              id={id}
              type="text"
              maxLength={REASON_MOST}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
          <button
            type="button"
            className="button"
            disabled={busy || units.length === 0 || reason.trim() === ''}
            onClick={() => void reject()}
          >
            Reject {units.length}
          </button>
        </div>
      ) : null}
    </Sheet>
  );
}

function changed(set: ReadonlySet<Hex>, unit: Hex, isIn: boolean): ReadonlySet<Hex> {
  const next = new Set(set);
  if (isIn) next.add(unit);
  else next.delete(unit);
  return next;
}
