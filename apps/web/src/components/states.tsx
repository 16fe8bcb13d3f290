import type { ReactNode } from 'react';
import { ReadError } from '../network/graphql-client.js';

/** How the api says that no session stands behind a request, and that no partner's key does: none, or one nobody has. */
const NO_SESSION = /POST \/auth\//;
const NO_KEY = /^send a partner's API key/;

/** Rows of the height that the answer will have, so that nothing moves when it comes. */
export function Loading({ rows = 4, label = 'Reading' }: { rows?: number; label?: string }) {
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">{label}…</span>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} className="loading-row" aria-hidden="true" />
      ))}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children ? <p>{children}</p> : null}
    </div>
  );
}

export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div className="notice notice-bad" role="alert">
      <p>{failureSentence(error)}</p>
      {retry ? (
        <button type="button" className="button" onClick={retry}>
          Read again
        </button>
      ) : null}
    </div>
  );
}

export function Notice({ tone, children }: { tone: 'good' | 'warn' | 'bad' | 'plain'; children: ReactNode }) {
  return <div className={`notice notice-${tone}`}>{children}</div>;
}

interface Readable<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

/** One read drawn in its four states; an older answer stays visible under the notice when a new read fails. */
export function Answer<T>(props: { of: Readable<T>; rows?: number; children: (answer: T) => ReactNode }) {
  const { of, rows, children } = props;
  if (of.data !== undefined) {
    return (
      <>
        {of.error ? <Failed error={of.error} retry={() => void of.refetch()} /> : null}
        {children(of.data)}
      </>
    );
  }
  if (of.error) return <Failed error={of.error} retry={() => void of.refetch()} />;
  return <Loading rows={rows} />;
}

export function failureSentence(error: unknown): string {
  if (!(error instanceof ReadError)) return 'This part could not be read. Read it again, or reload the page.';
  if (error.code === 'UNREACHABLE')
    return 'The Tallyhouse api does not answer. It may be starting; read again in a moment.';
  if (error.code === 'UNAUTHENTICATED' && NO_KEY.test(error.message))
    return 'No partner has this key: check it, or sign in at the top of the page as the partner. What you have typed stays.';
  if (error.code === 'UNAUTHENTICATED' && NO_SESSION.test(error.message))
    return 'Sign in at the top of the page first. What you have typed stays.';
  return `The api could not answer: ${error.message}`;
}
