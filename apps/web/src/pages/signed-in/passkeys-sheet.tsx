import { useState } from 'react';
import { ActWords } from '../../components/act-words.js';
import { Sheet } from '../../components/sheet.js';
import { Empty } from '../../components/states.js';
import { PasskeysElsewhere, passkeysWork } from '../../components/sign-in-buttons.js';
import { useAct } from '../../components/use-act.js';
import { deviceName } from '../../format/device.js';
import type { Passkey } from '../../network/viewer-types.js';
import { PasskeyLedger } from './passkey-ledger.js';

const MAX_NAME = 80;

/** Passkeys of the account: another way in, with the finger or face that unlocks a device. */
export function PasskeysSheet({ passkeys }: { passkeys: readonly Passkey[] }) {
  const act = useAct();
  return (
    <Sheet title="Passkeys" flush aside="sign in without the wallet">
      {passkeys.length === 0 ? (
        <Empty title="No passkey yet">
          A passkey signs you in with the fingerprint, face or PIN of a device. These never leave it.
        </Empty>
      ) : (
        <PasskeyLedger passkeys={passkeys} act={act} />
      )}
      {passkeysWork() ? (
        <AddPasskey act={act} />
      ) : (
        <div className="sheet-note">
          <PasskeysElsewhere />
        </div>
      )}
      <ActWords fault={act.fault} done={act.done} />
    </Sheet>
  );
}

function AddPasskey({ act }: { act: ReturnType<typeof useAct> }) {
  const [name, setName] = useState(() => deviceName(navigator.userAgent));
  const add = () =>
    act.run(async () => (await import('../../network/session/passkeys.js')).addPasskey(name.trim()), {
      done: 'The passkey is added. From now on it signs you in on this device.',
    });
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <label className="field field-grow">
        Name of the new passkey
        <input value={name} maxLength={MAX_NAME} required onChange={(event) => setName(event.target.value)} />
      </label>
      <button type="submit" className="button" disabled={act.isBusy || name.trim() === ''}>
        {act.isBusy ? 'Waiting for the device…' : 'Add a passkey of this device'}
      </button>
    </form>
  );
}
