import { useState } from 'react';
import { Below } from '../../components/below.js';
import { Filters, type ChangeSearch } from '../../components/filters.js';
import { More, PageHead, Sheet } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { usePages } from '../../network/reads.js';
import { TEXTS } from '../../network/queries/texts.js';
import type { FoundTextRow } from '../../network/text-types.js';
import type { Connection } from '../../network/types.js';
import { useSearch, useTitle } from '../../router/router.js';
import { modeWord, SEARCH_MODES, TEXT_FILTERS, textFilter, textSearch } from './text-filter.js';
import { TextLedger } from './text-ledger.js';
import { TopicsSheet } from './topics-sheet.js';

const LISTED = 25;
const FOUND = 30;

export function TextsPage() {
  useTitle('Texts');
  const [search, change] = useSearch();
  const filter = textFilter(search);
  const sought = textSearch(search);
  const texts = usePages<FoundTextRow, { texts: Connection<FoundTextRow> }>(
    'texts',
    TEXTS,
    { search: sought, filter, first: sought ? FOUND : LISTED },
    (answer) => answer.texts,
  );
  return (
    <>
      <PageHead
        title="Texts"
        lead="What inspectors, drivers, customers and firms wrote: found by words and by meaning, labelled by the voted model, with what it names."
      />
      <Sheet
        title={sought ? 'Found' : 'Newest'}
        aside={sought && texts.rows ? `${texts.rows.length} best` : null}
        flush
      >
        <SearchForm key={search.get('q')} search={search} change={change} />
        <Filters key={search.toString()} fields={TEXT_FILTERS} search={search} change={change} />
        <Answer of={texts} rows={10}>
          {() =>
            texts.rows?.length ? (
              <TextLedger rows={texts.rows} />
            ) : (
              <NoTexts narrowed={sought !== null || Object.keys(filter).length > 0} />
            )
          }
        </Answer>
        <More of={texts} />
      </Sheet>
      <Below>
        <TopicsSheet search={search} change={change} />
      </Below>
    </>
  );
}

function NoTexts({ narrowed }: { narrowed: boolean }) {
  return narrowed ? (
    <Empty title="No text fits">Use fewer words or clear a filter.</Empty>
  ) : (
    <Empty title="No text has come in yet">
      Texts come with events, by ./tallyhouse import texts, or by the mutation addTexts.
    </Empty>
  );
}

function SearchForm({ search, change }: { search: URLSearchParams; change: ChangeSearch }) {
  const [typed, setTyped] = useState(search.get('q') ?? '');
  return (
    <form
      className="filters"
      role="search"
      aria-label="Search texts"
      onSubmit={(event) => {
        event.preventDefault();
        change({ q: typed.trim() });
      }}
    >
      <label className="field field-grow">
        Search
        <input
          type="search"
          value={typed}
          maxLength={1000}
          placeholder="words, or a question"
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <label className="field">
        By
        <select
          value={search.get('mode') ?? 'HYBRID'}
          onChange={(event) => change({ mode: event.target.value, q: typed.trim() })}
        >
          {SEARCH_MODES.map((mode) => (
            <option key={mode} value={mode}>
              {modeWord(mode)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button">
        Search
      </button>
      {search.has('q') ? (
        <button type="button" className="button" onClick={() => change({ q: null, mode: null })}>
          Clear search
        </button>
      ) : null}
    </form>
  );
}
