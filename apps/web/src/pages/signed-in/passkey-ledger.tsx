import { useState } from 'react';
import { State, Time } from '../../components/marks.js';
import { Ledger, columns } from '../../components/sheet.js';
import type { useAct } from '../../components/use-act.js';
import { read } from '../../network/graphql-client.js';
import { REMOVE_PASSKEY, RENAME_PASSKEY } from '../../network/queries/viewer.js';
import type { Passkey } from '../../network/viewer-types.js';

type Act = ReturnType<typeof useAct>;

export function PasskeyLedger({ passkeys, act }: { passkeys: readonly Passkey[]; act: Act }) {
  return (
    <Ledger label="Passkeys" head={columns('Passkey', '~Added', 'Last used', 'Change it')}>
      {passkeys.map((passkey) => (
        <PasskeyRow key={passkey.id} passkey={passkey} act={act} />
      ))}
    </Ledger>
  );
}

/** Removing asks once more in the row, since it signs out whoever came by this passkey. */
function PasskeyRow({ passkey, act }: { passkey: Passkey; act: Act }) {
  const { id, name, createdAt, lastUsedAt, isBackedUp, copiedAt } = passkey;
  const [mode, setMode] = useState<'shown' | 'renaming' | 'removing'>('shown');
  const remove = () =>
    void act
      .run(() => read(REMOVE_PASSKEY, { id }), {
        done: `${name} is removed; what it had signed in is signed out.`,
      })
      .then(() => setMode('shown'));
  return (
    <tr>
      <th scope="row" className="grow">
        {mode === 'renaming' ? (
          <Rename passkey={passkey} act={act} end={() => setMode('shown')} />
        ) : (
          <>
            {name} {copiedAt ? <State value="Copied: opens nothing" tone="bad" /> : null}
            <span className="under">
              {isBackedUp ? 'kept by its maker for all your devices' : 'on one device alone'}
            </span>
          </>
        )}
      </th>
      <td className="wide">
        <Time iso={createdAt} />
      </td>
      <td>{lastUsedAt ? <Time iso={lastUsedAt} /> : <span className="quiet">never</span>}</td>
      <td>
        {mode === 'removing' ? (
          <span className="line">
            <button type="button" className="link-button danger" disabled={act.isBusy} onClick={remove}>
              Remove {name}
            </button>
            <button type="button" className="link-button" onClick={() => setMode('shown')}>
              Keep it
            </button>
          </span>
        ) : (
          <span className="line">
            <button
              type="button"
              className="link-button"
              aria-label={`Rename ${name}`}
              onClick={() => setMode('renaming')}
            >
              Rename
            </button>
            <button
              type="button"
              className="link-button"
              aria-label={`Remove ${name}…`}
              onClick={() => setMode('removing')}
            >
              Remove…
            </button>
          </span>
        )}
      </td>
    </tr>
  );
}

function Rename({ passkey, act, end }: { passkey: Passkey; act: Act; end: () => void }) {
  const [name, setName] = useState(passkey.name);
  return (
    <form
      className="line"
      onSubmit={(event) => {
        event.preventDefault();
        void act.run(() => read(RENAME_PASSKEY, { id: passkey.id, name })).then((isDone) => isDone && end());
      }}
    >
      <input
        aria-label={`New name of ${passkey.name}`}
        value={name}
        maxLength={80}
        required
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="link-button" disabled={act.isBusy || name.trim() === ''}>
        Save
      </button>
      <button type="button" className="link-button" onClick={end}>
        Leave it
      </button>
    </form>
  );
}
