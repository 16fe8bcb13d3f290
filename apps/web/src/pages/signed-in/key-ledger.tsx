import { useState } from 'react';
import { State, Time } from '../../components/marks.js';
import { Selection } from '../../components/selection.js';
import { Ledger, columns } from '../../components/sheet.js';
import { useNow } from '../../components/use-now.js';
import type { useAct } from '../../components/use-act.js';
import { read } from '../../network/graphql-client.js';
import { REVOKE_API_KEY, ROTATE_API_KEY } from '../../network/queries/viewer.js';
import type { ApiKey, IssuedKey } from '../../network/viewer-types.js';
import { GRACES, keyStanding, scopeWords } from './key-words.js';

interface KeyLedgerProps {
  keys: readonly ApiKey[];
  act: ReturnType<typeof useAct>;
  show: (issued: IssuedKey) => void;
}

export function KeyLedger({ keys, act, show }: KeyLedgerProps) {
  const now = useNow();
  return (
    <Ledger label="Keys" head={columns('Key', 'Stands', '~Last used', '~Ends', 'Change it')}>
      {keys.map((key) => {
        const { isLive, ...mark } = keyStanding(key, now);
        return (
          <tr key={key.id}>
            <th scope="row" className="grow">
              {key.label} {key.prefix ? <span className="mono quiet">{key.prefix}</span> : null}
              <span className="under">{scopeWords(key.scopes)}</span>
            </th>
            <td>
              <State {...mark} />
            </td>
            <td className="wide">
              {key.lastUsedAt ? <Time iso={key.lastUsedAt} /> : <span className="quiet">never</span>}
            </td>
            <td className="wide">
              {key.expiresAt ? (
                <Time iso={key.expiresAt} only="date" />
              ) : (
                <span className="quiet">never</span>
              )}
            </td>
            <td>
              <Changes apiKey={key} isLive={isLive} act={act} show={show} />
            </td>
          </tr>
        );
      })}
    </Ledger>
  );
}

type ChangesProps = Pick<KeyLedgerProps, 'act' | 'show'> & { apiKey: ApiKey; isLive: boolean };

/** Both are asked once more in the row: machines that hold the key notice. */
function Changes({ apiKey, isLive, act, show }: ChangesProps) {
  const [mode, setMode] = useState<'shown' | 'rotating' | 'revoking'>('shown');
  const [grace, setGrace] = useState<string>(GRACES[0][0]);
  const { id, label } = apiKey;
  const back = () => setMode('shown');
  const rotate = () =>
    act.run(async () => {
      const asked = { id, graceHours: Number(grace) };
      show((await read<{ rotateApiKey: IssuedKey }>(ROTATE_API_KEY, asked)).rotateApiKey);
    });
  const revoke = () =>
    act.run(() => read(REVOKE_API_KEY, { id }), { done: `${label} opens nothing any more.` });
  if (!isLive) return <span className="quiet">none</span>;
  if (mode === 'shown')
    return (
      <span className="line">
        {apiKey.replacedBy === null ? (
          <button
            type="button"
            className="link-button"
            aria-label={`Rotate ${label}…`}
            onClick={() => setMode('rotating')}
          >
            Rotate…
          </button>
        ) : null}
        <button
          type="button"
          className="link-button"
          aria-label={`Revoke ${label}…`}
          onClick={() => setMode('revoking')}
        >
          Revoke…
        </button>
      </span>
    );
  return (
    <span className="line">
      {mode === 'rotating' ? (
        <Selection name="The old one goes on" value={grace} among={GRACES} choose={setGrace} />
      ) : null}
      <button type="button" key="leave" className="link-button" autoFocus onClick={back}>
        Leave it
      </button>
      <button
        type="button"
        key="sure"
        className={mode === 'revoking' ? 'link-button danger' : 'link-button'}
        disabled={act.isBusy}
        onClick={() => void (mode === 'rotating' ? rotate() : revoke()).then(back)}
      >
        {mode === 'rotating' ? `Rotate ${label}` : `Revoke ${label} now`}
      </button>
    </span>
  );
}
