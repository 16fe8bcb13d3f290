import { ActWords } from '../../components/act-words.js';
import { State, Time } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { useAct } from '../../components/use-act.js';
import { deviceName } from '../../format/device.js';
import { read } from '../../network/graphql-client.js';
import { END_SESSION } from '../../network/queries/viewer.js';
import { signOut } from '../../network/session/session-keeper.js';
import type { DeviceSession } from '../../network/viewer-types.js';

/** Every device on which the account is signed in; any of them can be ended from here. */
export function SessionsSheet({ sessions }: { sessions: readonly DeviceSession[] }) {
  const act = useAct();
  const end = ({ id, isCurrent, device }: DeviceSession) =>
    void act.run(() => (isCurrent ? signOut() : read(END_SESSION, { id })), {
      done: `${deviceName(device)} is signed out.`,
    });
  return (
    <Sheet title="Where you are signed in" flush>
      <Ledger
        label="Where you are signed in"
        head={columns('Device', '~With', '~Since', 'Ends unless used', 'End it')}
      >
        {sessions.map((session) => (
          <tr key={session.id}>
            <th scope="row" className="grow" title={session.device}>
              {deviceName(session.device)} {session.isCurrent ? <State value="This one" tone="good" /> : null}
              <span className="under narrow">
                with a {session.way.toLowerCase()}, since <Time iso={session.createdAt} />
              </span>
            </th>
            <td className="wide">a {session.way.toLowerCase()}</td>
            <td className="wide">
              <Time iso={session.createdAt} />
            </td>
            <td>
              <Time iso={session.expiresAt} only="date" />
              <span className="under wide">
                in any case <Time iso={session.endsAt} only="date" />
              </span>
            </td>
            <td>
              <button
                type="button"
                className="link-button"
                disabled={act.isBusy}
                aria-label={`Sign out ${deviceName(session.device)}${session.isCurrent ? ', this one' : ''}`}
                onClick={() => end(session)}
              >
                {session.isCurrent ? 'Sign out' : 'End'}
              </button>
            </td>
          </tr>
        ))}
      </Ledger>
      <ActWords fault={act.fault} done={act.done} />
    </Sheet>
  );
}
