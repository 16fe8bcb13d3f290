import { Answer, Empty, Notice } from '../../components/states.js';
import { familyTitle, shortHex, stateWord } from '../../format/names.js';
import type { ModelFamily } from '../../network/types.js';
import { Link, useSearch } from '../../router/router.js';
import { useFamilies } from './use-change.js';
import type { Kind } from './use-change.js';

/** A choice among the versions that are not in force. */
export function VersionFields({ kind }: { kind: Kind }) {
  const { models, families } = useFamilies(kind);
  return (
    <Answer of={models} rows={2}>
      {() => <Choice families={families} />}
    </Answer>
  );
}

function Choice({ families }: { families: readonly ModelFamily[] }) {
  const [search, changeSearch] = useSearch();
  const open = families.flatMap(({ name, active, versions }) =>
    versions.filter(({ id }) => id !== active?.id).map((version) => ({ name, version })),
  );
  const chosen = open.find(({ version }) => version.id === search.get('version'))?.version;
  if (open.length === 0) {
    return (
      <Empty title="No version waits for a vote">
        A version is put on chain first, by an account that may; then it can be chosen here.
      </Empty>
    );
  }
  return (
    <>
      <label className="field">
        Version
        <select value={chosen?.id ?? ''} onChange={(event) => changeSearch({ version: event.target.value })}>
          <option value="">Choose one</option>
          {open.map(({ name, version: { id, state, proposedBlock } }) => (
            <option key={id} value={id}>
              {`${familyTitle(name)} ${shortHex(id)}, ${stateWord(state).toLowerCase()}, of block ${proposedBlock}`}
            </option>
          ))}
        </select>
      </label>
      {chosen ? (
        <p>
          <Link to={`/models/${chosen.id}`}>Its hashes and report</Link>
          {chosen.proposal ? (
            <>
              ; <Link to={`/governance/${chosen.proposal.id}`}>proposed before</Link>
            </>
          ) : null}
        </p>
      ) : null}
      {chosen?.shadow && chosen.shadow.scored === 0 ? (
        <Notice tone="warn">
          No forecast of this version has been scored in shadow yet. Voters will have its backtest alone to go
          by.
        </Notice>
      ) : null}
    </>
  );
}
