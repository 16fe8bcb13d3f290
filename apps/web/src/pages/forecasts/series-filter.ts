export const MEASURES = ['DEMAND', 'RECEIVED', 'SHIPPED'] as const;
export const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY'] as const;
/** Stands in the address for every measure or every period. */
export const ALL = 'ALL';

/** What is forecast; the page opens with it. */
const USUAL = { measure: 'DEMAND', frequency: 'WEEKLY' } as const;

export interface SeriesChoice {
  measure: string;
  frequency: string;
  /** The filter that the api takes. */
  filter: { measure?: string; frequency?: string };
}

/** The choice that the page's address holds; what it does not say, or says wrongly, is the usual one. */
export function seriesFilter(search: URLSearchParams): SeriesChoice {
  const pick = (key: keyof typeof USUAL, among: readonly string[]) => {
    const given = search.get(key) ?? '';
    return given === ALL || among.includes(given) ? given : USUAL[key];
  };
  const measure = pick('measure', MEASURES);
  const frequency = pick('frequency', FREQUENCIES);
  return {
    measure,
    frequency,
    filter: { ...(measure === ALL ? {} : { measure }), ...(frequency === ALL ? {} : { frequency }) },
  };
}
