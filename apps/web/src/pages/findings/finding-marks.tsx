import { State } from '../../components/marks.js';
import { identifierPath, itemPath } from '../../format/names.js';
import { Link } from '../../router/router.js';

const SEVERITY_TONE: Record<string, 'bad' | 'warn' | 'plain'> = {
  CRITICAL: 'bad',
  HIGH: 'bad',
  MEDIUM: 'warn',
};
const STATE_TONE: Record<string, 'warn' | 'good' | 'plain'> = {
  OPEN: 'warn',
  IN_REVIEW: 'warn',
  RESOLVED: 'good',
};

export function Severity({ value }: { value: string }) {
  return <State value={value} tone={SEVERITY_TONE[value] ?? 'plain'} />;
}

export function FindingStateMark({ value }: { value: string }) {
  return <State value={value} tone={STATE_TONE[value] ?? 'plain'} />;
}

/** What a finding is about, in as few signs as tell it. */
export function Subject({ value }: { value: string }) {
  const [kind, id] = value.includes(' ') ? (value.split(' ', 2) as [string, string]) : ['', value];
  if (kind === 'event') return <Link to={`/events/${encodeURIComponent(id)}`}>event {id.slice(0, 8)}</Link>;
  if (kind === '')
    return (
      <Link className="mono" to={itemPath(id)} title={value}>
        {identifierPath(id)}
      </Link>
    );
  return (
    <span className="mono" title={value}>
      {kind} {identifierPath(id)}
    </span>
  );
}
