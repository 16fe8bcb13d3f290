const CBV_TERM = /^https:\/\/ref\.gs1\.org\/cbv\/[A-Za-z]+-|^urn:epcglobal:cbv:[a-z]+:/;
const GS1_TERM = /^https:\/\/(?:www\.)?gs1\.org\/voc\/|^gs1:/;

/** `shipping` for every spelling of that CBV term; terms of other vocabularies stay whole. */
export function localTerm(term: string): string {
  return term.replace(CBV_TERM, '');
}

/** Every spelling that an event may have for CBV terms of one vocabulary. */
export function cbvSpellings(terms: readonly string[], web: string, urn: string): string[] {
  return terms
    .map(localTerm)
    .flatMap((term) => [
      term,
      ...(term.includes(':')
        ? []
        : [
            `https://ref.gs1.org/cbv/${web}-${term}`,
            `cbv:${web}-${term}`,
            `urn:epcglobal:cbv:${urn}:${term}`,
          ]),
    ]);
}

/** Every spelling that an event may have for terms of the GS1 Web Vocabulary. */
export function gs1Spellings(terms: readonly string[]): string[] {
  return terms
    .map((term) => term.replace(GS1_TERM, ''))
    .flatMap((term) => [term, ...(term.includes(':') ? [] : [`gs1:${term}`, `https://gs1.org/voc/${term}`])]);
}
