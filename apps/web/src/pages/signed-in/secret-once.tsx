import { useEffect, useRef } from 'react';
import { Hash } from '../../components/marks.js';
import { Notice } from '../../components/states.js';
import type { IssuedKey } from '../../network/viewer-types.js';

/** The secret of a new key, until the reader has taken it down; it is nowhere else. */
export function SecretOnce({ issued, close }: { issued: IssuedKey; close: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [issued]);
  return (
    <div ref={box} className="sheet-note" tabIndex={-1} role="group" aria-label="The new secret">
      <Notice tone="warn">
        <p>
          The secret of <strong>{issued.key.label}</strong>, shown this once. Copy it to the machine now: only
          its hash is kept here.
        </p>
        <p className="secret">
          <Hash whole label="secret" value={issued.secret} />
        </p>
        <p>
          <button type="button" className="button" onClick={close}>
            I have it
          </button>
        </p>
      </Notice>
    </div>
  );
}
