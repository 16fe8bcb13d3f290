import { useState } from 'react';
import { Selection } from '../../components/selection.js';
import type { useAct } from '../../components/use-act.js';
import { read } from '../../network/graphql-client.js';
import { ADD_API_KEY } from '../../network/queries/viewer.js';
import type { IssuedKey } from '../../network/viewer-types.js';
import { LIVES, SCOPES } from './key-words.js';

const DAY_MS = 86_400_000;

interface NewKeyProps {
  act: ReturnType<typeof useAct>;
  show: (issued: IssuedKey) => void;
}

/** Makes a key that may do no more than is ticked. */
export function NewKey({ act, show }: NewKeyProps) {
  const [label, setLabel] = useState('');
  const [scopes, setScopes] = useState<readonly string[]>(['CAPTURE']);
  const [days, setDays] = useState<string>(LIVES[0][0]);
  const turn = (scope: string) =>
    setScopes(scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope]);
  const make = async () => {
    const expiresAt = days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString();
    const input = { label: label.trim(), scopes, expiresAt };
    const isMade = await act.run(async () =>
      show((await read<{ addApiKey: IssuedKey }>(ADD_API_KEY, { input })).addApiKey),
    );
    if (isMade) setLabel('');
  };
  return (
    <form
      className="new-key"
      aria-label="A new key"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <label className="field field-grow">
        What the new key is for
        <input
          value={label}
          maxLength={200}
          required
          placeholder="scanner of line 4"
          onChange={(event) => setLabel(event.target.value)}
        />
      </label>
      <fieldset className="scopes">
        <legend>It may</legend>
        {SCOPES.map(([scope, words]) => (
          <label key={scope} className="check">
            <input type="checkbox" checked={scopes.includes(scope)} onChange={() => turn(scope)} />
            {words}
          </label>
        ))}
      </fieldset>
      <p className="acts-row">
        <Selection name="It lasts" value={days} among={LIVES} choose={setDays} />
        <button
          type="submit"
          className="button"
          disabled={act.isBusy || scopes.length === 0 || label.trim() === ''}
        >
          Make the key
        </button>
      </p>
    </form>
  );
}
