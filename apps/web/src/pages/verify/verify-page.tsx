import { useId, useMemo, useState } from 'react';
import type { DragEvent } from 'react';
import { PageHead, Sheet } from '../../components/sheet.js';
import { Notice } from '../../components/states.js';
import { useTitle } from '../../router/router.js';
import { checkText, MAX_PAGE_BYTES, pinFaults, type PinFault, type Pins } from '../../verify/check-bundle.js';
import { Report } from '../../verify/report.js';
import { ShownFields } from './shown-fields.js';

const PINS: readonly (readonly [keyof Pins, string, string])[] = [
  ['header', 'Block hash', 'from a node or an explorer of your own'],
  ['anchor', 'TraceAnchor', 'address of the contract, from such a source'],
  ['registry', 'PartnerRegistry', 'address of the contract, from such a source'],
];
const NOTHING: Pins = { header: '', anchor: '', registry: '' };

/** Verifies a proof bundle in this page: nothing leaves it, and it works without a network. */
export function VerifyPage() {
  useTitle('Verify');
  const [text, setText] = useState('');
  const [pins, setPins] = useState(NOTHING);
  const [fault, setFault] = useState<string>();
  const faults = pinFaults(pins);
  const result = useMemo(
    () => (text.trim() === '' || pinFaults(pins).length > 0 ? undefined : checkText(text, pins)),
    [text, pins],
  );
  const take = (file: File): void => {
    if (file.size > MAX_PAGE_BYTES) {
      setFault(`${file.name} has more than 32 MB: verify it with ./tallyhouse verify.`);
      return;
    }
    setFault(undefined);
    file.text().then(setText, () => setFault(`${file.name} cannot be read.`));
  };
  return (
    <>
      <PageHead
        title="Verify a proof"
        lead="From the fields of an event, or the words of a text, to the hash of a block, in this page alone: no server is asked, and nothing is sent."
      />
      <Sheet title="Proof bundle">
        <Source text={text} setText={setText} take={take} />
        {fault ? <Notice tone="bad">{fault}</Notice> : null}
        <div className="pins">
          {PINS.map(([field, name, hint]) => (
            <Pin
              key={field}
              name={name}
              hint={hint}
              value={pins[field]}
              fault={faults.find((one) => one.field === field)}
              change={(value) => setPins({ ...pins, [field]: value })}
            />
          ))}
        </div>
      </Sheet>
      <div role="status" aria-live="polite">
        {result ? (
          <Sheet title="Answer">
            <Report result={result} />
          </Sheet>
        ) : null}
      </div>
      {result?.facts ? (
        <ShownFields
          key={text}
          text={text}
          fields={result.facts.shown}
          isWhole={result.facts.about === 'text'}
        />
      ) : null}
    </>
  );
}

interface SourceProps {
  text: string;
  setText: (text: string) => void;
  take: (file: File) => void;
}

function Source({ text, setText, take }: SourceProps) {
  const [over, setOver] = useState(false);
  const id = useId();
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) take(file);
  };
  return (
    <div
      className={over ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>
        <label htmlFor={`${id}-file`}>Drop a file here, choose one, or paste its text.</label>
      </p>
      <input
        id={`${id}-file`}
        type="file"
        accept=".json,application/json"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) take(file);
        }}
      />
      <textarea
        className="mono"
        rows={6}
        spellCheck={false}
        aria-label="Text of the bundle"
        placeholder='{"format": "tallyhouse-proof/2", …}'
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {text === '' ? null : (
        <button type="button" className="button" onClick={() => setText('')}>
          Clear
        </button>
      )}
    </div>
  );
}

interface PinProps {
  name: string;
  hint: string;
  value: string;
  fault: PinFault | undefined;
  change: (value: string) => void;
}

function Pin({ name, hint, value, fault, change }: PinProps) {
  const id = useId();
  return (
    <div className="pin">
      <label htmlFor={id}>
        {name} <span className="quiet">{hint}</span>
      </label>
      <input
        id={id}
        className="mono"
        value={value}
        placeholder="0x…"
        spellCheck={false}
        autoComplete="off"
        aria-invalid={fault !== undefined}
        aria-describedby={fault ? `${id}-fault` : undefined}
        onChange={(event) => change(event.target.value)}
      />
      {fault ? (
        <span id={`${id}-fault`} className="pin-fault">
          {fault.says}
        </span>
      ) : null}
    </div>
  );
}
