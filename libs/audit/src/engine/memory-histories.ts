import type { Fact } from './fact.js';
import type { Mention } from './rule.js';
import { before, namedIn } from './subjects.js';

const NOTHING: readonly Mention[] = [];

/** Histories of items and lots, in memory. */
export class MemoryHistories {
  private readonly histories = new Map<string, Mention[]>();

  public get size(): number {
    return this.histories.size;
  }

  public of(uri: string): readonly Mention[] {
    return this.histories.get(uri) ?? NOTHING;
  }

  public entries(): IterableIterator<[string, readonly Mention[]]> {
    return this.histories.entries();
  }

  /**
   * Files an event where it belongs in the order of time.
   *
   * @param keeps which of the items that it names have a history here; all where not given
   * @returns what it names
   */
  public add(fact: Fact, keeps?: (uri: string) => boolean): string[] {
    const named = keeps ? namedIn(fact).filter(({ uri }) => keeps(uri)) : namedIn(fact);
    for (const { uri, mention } of named) {
      const history = this.histories.get(uri);
      if (!history) {
        this.histories.set(uri, [mention]);
        continue;
      }
      let index = history.length;
      while (index > 0 && before(fact, history[index - 1]!.fact)) index -= 1;
      if (index === history.length) history.push(mention);
      else history.splice(index, 0, mention);
    }
    return named.map(({ uri }) => uri);
  }

  /** Events of an identity that name the first thing that `fact` names. */
  public alike(fact: Fact, identity: string): Fact[] {
    const [first] = namedIn(fact);
    if (!first) return [];
    const facts = this.of(first.uri).map((mention) => mention.fact);
    return facts.filter((each) => each.identity === identity);
  }

  /** Takes an event out that was declared wrong. @returns what it named */
  public remove(fact: Fact): string[] {
    const named = namedIn(fact);
    for (const { uri } of named) {
      const kept = this.of(uri).filter((mention) => mention.fact.id !== fact.id);
      if (kept.length === 0) this.histories.delete(uri);
      else this.histories.set(uri, kept);
    }
    return named.map(({ uri }) => uri);
  }
}
