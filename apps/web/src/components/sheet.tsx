import { useId } from 'react';
import type { ReactNode } from 'react';

interface SheetProps {
  title: string;
  aside?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}

/** One ruled sheet with its heading. `flush` lets a table reach the edges. */
export function Sheet({ title, aside, flush = false, children }: SheetProps) {
  const id = useId();
  return (
    <section className={flush ? 'sheet sheet-flush' : 'sheet'} aria-labelledby={id}>
      <header className="sheet-head">
        <h2 id={id}>{title}</h2>
        {aside ? <div className="sheet-aside">{aside}</div> : null}
      </header>
      {children}
    </section>
  );
}

export function PageHead({
  title,
  lead,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {lead ? <p className="lead">{lead}</p> : null}
      </div>
      {children ? <div className="page-head-aside">{children}</div> : null}
    </header>
  );
}

/** A table that scrolls inside itself on a narrow screen and can be reached by keyboard. */
export function Ledger({
  label,
  head,
  children,
}: {
  label: string;
  head: readonly Column[];
  children: ReactNode;
}) {
  return (
    <div className="ledger-scroll" tabIndex={0} role="group" aria-label={label}>
      <table className="ledger">
        <thead>
          <tr>
            {head.map((column) => (
              <th key={column.name} scope="col" className={classOf(column)}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

export interface Column {
  name: string;
  number: boolean;
  /** Left out on a narrow screen; the row then says it under its first cell. */
  wide: boolean;
}

/** Column heads from names: `#` in front aligns numbers to the right, `~` leaves the column out on a narrow screen. */
export function columns(...names: string[]): Column[] {
  return names.map((given) => {
    const [, signs = '', name = ''] = /^([#~]*)(.*)$/.exec(given) ?? [];
    return { name, number: signs.includes('#'), wide: signs.includes('~') };
  });
}

function classOf(column: Column): string {
  return [column.number ? 'number' : '', column.wide ? 'wide' : ''].join(' ').trim();
}

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

export function More({ of }: { of: Pages }) {
  if (!of.hasNextPage) return null;
  return (
    <p className="more">
      <button
        type="button"
        className="button"
        disabled={of.isFetchingNextPage}
        onClick={() => void of.fetchNextPage()}
      >
        {of.isFetchingNextPage ? 'Reading…' : 'Show more'}
      </button>
    </p>
  );
}
