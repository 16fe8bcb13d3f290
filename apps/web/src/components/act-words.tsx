import { Notice } from './states.js';

/** How something ended that the reader asked for, aloud to screen readers too. */
export function ActWords({ fault, done }: { fault: string | null; done: string | null }) {
  return (
    <div className="step-words" role="status" aria-live="polite">
      {fault ? <Notice tone="bad">{fault}</Notice> : done ? <Notice tone="good">{done}</Notice> : null}
    </div>
  );
}
