import { useState } from 'react';
import { Sheet } from '../../components/sheet.js';
import { Notice } from '../../components/states.js';
import type { Hex, Partner } from '../../network/types.js';
import type { Acting } from './desk.js';
import { unitsOf } from './unit-of.js';

const MOST_UNITS = 200;
const MOST_HOURS = 24 * 365;

/** Offers many units at once, one SSCC a line. */
export function OfferForm({ acting, recipients }: { acting: Acting; recipients: Partner[] }) {
  const [text, setText] = useState('');
  const [to, setTo] = useState<Hex | ''>('');
  const [hours, setHours] = useState(72);
  const named = unitsOf(text);
  const units = named.flatMap((one) => ('unit' in one ? [one.unit] : []));
  const faults = named.flatMap((one) => ('fault' in one ? [`${one.given} ${one.fault}`] : []));
  const { account, partner, busy, run, nameOf } = acting;
  const isWhole = Number.isInteger(hours) && hours > 0 && hours <= MOST_HOURS;
  const isReady =
    units.length > 0 && units.length <= MOST_UNITS && faults.length === 0 && to !== '' && isWhole;
  const offer = async () => {
    if (to === '') return;
    await run(`Offered ${units.length} to ${nameOf(to)}.`, async () =>
      (await import('../../network/custody.js')).offerUnits(account, { partner, to, hours }, units),
    );
  };
  return (
    <Sheet title="Offer units">
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          void offer();
        }}
      >
        <label className="field field-grow">
          SSCCs, one a line
          <textarea rows={4} value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <label className="field">
          To
          <select value={to} required onChange={(event) => setTo(event.target.value as Hex)}>
            <option value="">Choose</option>
            {recipients.map(({ address, name }) => (
              <option key={address} value={address}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          Open for hours
          <input
            type="number"
            min={1}
            max={MOST_HOURS}
            value={hours}
            onChange={(event) => setHours(Number(event.target.value))}
          />
        </label>
        <button type="submit" className="button" disabled={busy || !isReady}>
          Offer {units.length}
        </button>
      </form>
      {faults.length > 0 ? <Notice tone="bad">{faults.slice(0, 5).join('. ')}.</Notice> : null}
      {units.length > MOST_UNITS ? (
        <Notice tone="warn">One call takes at most {MOST_UNITS} units. Offer the rest afterwards.</Notice>
      ) : null}
    </Sheet>
  );
}
