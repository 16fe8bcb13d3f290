import { useState } from 'react';
import { Sheet } from '../../components/sheet.js';
import { Empty } from '../../components/states.js';
import type { CustodyOffer } from '../../network/audit-types.js';
import type { Hex } from '../../network/types.js';
import type { Acting } from './desk.js';
import { OfferLedger } from './offer-ledger.js';

/** Units that the partner offered to others; open offers can be taken back. */
export function OffersMade({ offers, acting }: { offers: CustodyOffer[]; acting: Acting }) {
  const [chosen, setChosen] = useState<readonly Hex[]>([]);
  const open = offers.filter(({ state }) => state === 'OFFERED');
  const units = open.map(({ unit }) => unit).filter((unit) => chosen.includes(unit));
  const { account, partner, busy, run } = acting;
  const withdraw = () =>
    run(`Withdrawn: ${units.length}.`, async () =>
      (await import('../../network/custody.js')).withdrawUnits(account, partner, units),
    );
  return (
    <Sheet title="Offered by you" aside={`${open.length} open`} flush>
      {offers.length === 0 ? (
        <Empty title="You have offered nothing yet" />
      ) : (
        <OfferLedger
          label="Offers by you"
          offers={offers}
          party={({ recipient }) => acting.nameOf(recipient)}
          partyHead="To"
          choice={{
            isChosen: (unit) => chosen.includes(unit),
            change: (unit, isChosen) =>
              setChosen(isChosen ? [...chosen, unit] : chosen.filter((one) => one !== unit)),
          }}
        />
      )}
      {open.length > 0 ? (
        <p className="more">
          <button
            type="button"
            className="button"
            disabled={busy || units.length === 0}
            onClick={() => void withdraw()}
          >
            Withdraw {units.length}
          </button>
        </p>
      ) : null}
    </Sheet>
  );
}
