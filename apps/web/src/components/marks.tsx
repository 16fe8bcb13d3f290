import { useState } from 'react';
import type { ReactNode } from 'react';
import { shortHex, stateWord } from '../format/names.js';
import { dateOnly, dateTime, relative, utc } from '../format/times.js';
import { useNow } from './use-now.js';

/** A hash or address, cut for reading, whole in the title, copied by a click. */
export function Hash({ value, whole = false, label }: { value: string; whole?: boolean; label?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard?.writeText(value).then(
      () => {
        setCopied(true);
        setTimeout(() => setCopied(false), 1500);
      },
      () => undefined,
    );
  };
  return (
    <button
      type="button"
      className="hash"
      title={value}
      onClick={copy}
      aria-label={`Copy ${label ?? 'hash'} ${whole ? value : shortHex(value)}`}
    >
      <span className={whole ? 'hash-whole' : undefined}>{whole ? value : shortHex(value)}</span>
      <span className="hash-copied" role="status">
        {copied ? 'copied' : ''}
      </span>
    </button>
  );
}

/** An instant in the reader's zone; UTC in the title. */
export function Time({ iso, only }: { iso: string; only?: 'date' }) {
  return (
    <time dateTime={iso} title={utc(iso)}>
      {only === 'date' ? dateOnly(iso) : dateTime(iso)}
    </time>
  );
}

export function Ago({ iso }: { iso: string }) {
  const now = useNow();
  return (
    <time dateTime={iso} title={utc(iso)}>
      {relative(iso, now)}
    </time>
  );
}

const TONES: Record<string, string> = {
  ACTIVE: 'live',
  EXECUTED: 'good',
  ANCHORED: 'good',
  FINAL: 'good',
  RUNNING: 'good',
  SUCCEEDED: 'good',
  QUEUED: 'live',
  SEALED: 'live',
  PENDING: 'plain',
  PROPOSED: 'plain',
  DEFEATED: 'bad',
  CANCELED: 'bad',
  EXPIRED: 'bad',
  REFUSED: 'bad',
  FAILED: 'bad',
};

/** A state as a word; the colour only repeats it. */
export function State({ value, tone }: { value: string; tone?: string }) {
  return <span className={`state state-${tone ?? TONES[value] ?? 'plain'}`}>{stateWord(value)}</span>;
}

/** Term and value pairs as one list. */
export function Facts({
  rows,
  wide = false,
}: {
  rows: readonly (readonly [string, ReactNode])[];
  wide?: boolean;
}) {
  return (
    <dl className={wide ? 'facts facts-wide' : 'facts'}>
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value ?? <span className="quiet">none</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
