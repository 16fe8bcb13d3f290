const CBV = 'https://ref.gs1.org/cbv/';
const GS1 = 'https://gs1.org/voc/';

/** Namespaces of a bare CBV word, by the field it stands in. */
export const WORD_NAMESPACE = {
  bizStep: `${CBV}BizStep-`,
  disposition: `${CBV}Disp-`,
  bizTransactionType: `${CBV}BTT-`,
  sourceDestType: `${CBV}SDT-`,
  component: `${CBV}Comp-`,
  measurement: GS1,
} as const;

const URN_NAMESPACES: readonly (readonly [string, string])[] = [
  ['urn:epcglobal:cbv:bizstep:', WORD_NAMESPACE.bizStep],
  ['urn:epcglobal:cbv:disp:', WORD_NAMESPACE.disposition],
  ['urn:epcglobal:cbv:btt:', WORD_NAMESPACE.bizTransactionType],
  ['urn:epcglobal:cbv:sdt:', WORD_NAMESPACE.sourceDestType],
  ['urn:epcglobal:cbv:er:', `${CBV}ER-`],
];
const URN_START = 'urn:epcglobal:cbv:';
const BARE_WORD = /^[A-Za-z][A-Za-z0-9_]*$/;

/** A CBV word with its namespace; anything that is no bare word stays as it is. */
export function expandWord(text: string, namespace: string): string {
  return BARE_WORD.test(text) ? namespace + text : text;
}

/** A `urn:epcglobal:cbv:` word as the URI that CBV 2.0 replaced it with. */
export function modernCbvUri(text: string): string {
  if (!text.startsWith(URN_START)) return text;
  for (const [urn, uri] of URN_NAMESPACES) {
    if (text.startsWith(urn)) return uri + text.slice(urn.length);
  }
  return text;
}
