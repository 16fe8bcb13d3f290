import { useState } from 'react';
import type { JsonField } from '@tallyhouse/proofs';
import { download } from '../../components/download.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { showOnly } from '../../verify/check-bundle.js';

const MOST_ROWS = 500;

interface ShownFieldsProps {
  text: string;
  fields: readonly JsonField[];
  /** Whether nothing of it can be hidden, as of a text. */
  isWhole: boolean;
}

/** What the bundle shows, and a way to show less of it to somebody else. */
export function ShownFields({ text, fields, isWhole }: ShownFieldsProps) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const toggle = (path: string): void => {
    const next = new Set(ticked);
    if (!next.delete(path)) next.add(path);
    setTicked(next);
  };
  const save = (): void => download('proof-redacted.json', 'application/json', showOnly(text, [...ticked]));
  return (
    <Sheet title="Shown" aside={`${fields.length}`} flush>
      <Ledger label="Shown fields" head={columns(...(isWhole ? [] : ['Keep']), 'Field', 'Value')}>
        {fields.slice(0, MOST_ROWS).map(({ path, value }) => (
          <tr key={path}>
            {isWhole ? null : (
              <td>
                <input
                  type="checkbox"
                  aria-label={`Keep ${path}`}
                  checked={ticked.has(path)}
                  onChange={() => toggle(path)}
                />
              </td>
            )}
            <td className="mono shown-field">{path}</td>
            <td className="mono grow shown-value">{JSON.stringify(value)}</td>
          </tr>
        ))}
      </Ledger>
      {isWhole ? null : (
        <div className="acts-row sheet-pad">
          <button type="button" className="button" disabled={ticked.size === 0} onClick={save}>
            Save a bundle with only these
          </button>
          <span className="quiet">
            {ticked.size === 0
              ? 'Tick the fields that somebody else may see; the rest stays hidden and bound.'
              : `${ticked.size} of ${fields.length} fields are shown, ${fields.length - ticked.size} hidden.`}
          </span>
        </div>
      )}
    </Sheet>
  );
}
