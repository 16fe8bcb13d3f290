import { useState } from 'react';
import { PageHead, Sheet } from '../../components/sheet.js';
import { zeroHex } from '../../format/names.js';
import { useWallet } from '../../network/wallet-state.js';
import { useSearch, useTitle } from '../../router/router.js';
import { Description } from '../governance/description.js';
import { descriptionOf, textFaults } from './draft.js';
import { ParameterFields } from './parameter-fields.js';
import { PlannedCall } from './planned-call.js';
import { Submit } from './submit.js';
import { KINDS, useChange, useKind } from './use-change.js';
import { VersionFields } from './version-fields.js';
import { Words } from './words.js';

/** Writes a proposal: what it changes and why, as voters will read it, and the call that is signed. */
export function ProposePage() {
  useTitle('New proposal');
  const [title, setTitle] = useState('');
  const [body, setBody] = useState('');
  const change = useChange();
  const { address } = useWallet();
  const description = change ? descriptionOf(title, body, change, address ?? zeroHex(20)) : null;
  return (
    <>
      <PageHead
        title="New proposal"
        lead="Say what should change and why. Members vote on the words and on the call; both are fixed once you sign."
      />
      <div className="columns">
        <div>
          <WhatChanges />
          <Words title={title} body={body} setTitle={setTitle} setBody={setBody} />
        </div>
        <div>
          <Sheet title="As voters read it">
            <h3 className="preview-title">{title.trim() || 'Untitled proposal'}</h3>
            {description ? (
              <Description text={description} title={title.replaceAll(/\s+/g, ' ').trim()} />
            ) : (
              <p className="quiet">Choose what changes first.</p>
            )}
          </Sheet>
          {change ? <PlannedCall change={change} /> : null}
          <Submit change={change} description={description} faults={textFaults(title, body)} />
        </div>
      </div>
    </>
  );
}

function WhatChanges() {
  const kind = useKind();
  const [, changeSearch] = useSearch();
  return (
    <Sheet title="What changes">
      <div className="acts">
        <label className="field">
          Kind
          <select
            value={kind}
            onChange={(event) =>
              changeSearch({ kind: event.target.value, version: null, parameter: null, value: null })
            }
          >
            {KINDS.map(([one, name]) => (
              <option key={one} value={one}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {kind === 'parameter' ? <ParameterFields /> : null}
        {kind === 'version' || kind === 'rules' ? <VersionFields key={kind} kind={kind} /> : null}
        {kind === 'text' ? (
          <p className="quiet">
            Nothing runs when it is executed. The governor takes no proposal without a call, so an empty one
            goes to the timelock.
          </p>
        ) : null}
      </div>
    </Sheet>
  );
}
