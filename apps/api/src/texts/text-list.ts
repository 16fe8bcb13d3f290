import { Injectable } from '@nestjs/common';
import { excerptOf, TextReader, TextSearch, type TextFilter, type TextRow } from '@tallyhouse/nlp';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import type { PageArgs } from '../shared/relay/page.args.js';
import { InputError } from '../shared/errors/api.errors.js';
import type { TextSearchInput } from './text.input.js';
import type { TextMatchModel } from './text.model.js';

export type FoundText = TextRow & { readonly match?: TextMatchModel | null };

/** Lists texts by time, or those that a search finds with how they were found. */
@Injectable()
export class TextList {
  public constructor(
    private readonly texts: TextReader,
    private readonly finder: TextSearch,
  ) {}

  /** What is searched for comes on one page, best first; `first` may be up to 200. */
  public async list(
    search: TextSearchInput | null,
    filter: TextFilter,
    page: PageArgs,
  ): Promise<Connection<FoundText>> {
    if (!search) return connectionOf(this.texts.list(filter, page));
    if (page.after)
      throw new InputError(
        'ARGUMENT_INVALID',
        'after: what is searched for comes on one page; ask for more by first',
      );
    const hits = await this.finder.search({
      query: search.query,
      mode: search.mode,
      filter,
      first: page.first,
    });
    const rows = new Map(
      (await this.texts.byIds(hits.map(({ textId }) => textId))).map((row) => [row.id, row]),
    );
    const found = hits.flatMap(({ textId, ...match }) => {
      const row = rows.get(textId);
      return row ? [{ ...row, match: { ...match, excerpt: excerptOf(row.body, [search.query]) } }] : [];
    });
    return connectionOf(Promise.resolve({ rows: found, cursors: found.map(({ id }) => id), hasNext: false }));
  }
}
