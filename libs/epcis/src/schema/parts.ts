/** A JSON Schema, as a plain object. */
export type Schema = { readonly [keyword: string]: unknown };

/** Sets of keys that an object may have beside extensions, collected while schemas are made. */
export type KeySets = Record<string, ReadonlySet<string>>;

export const text: Schema = { type: 'string' };
export const uri: Schema = { type: 'string', format: 'uri' };
export const time: Schema = { type: 'string', format: 'date-time' };
export const decimal: Schema = { type: 'number' };
export const list = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
export const word = (format: string): Schema => ({ type: 'string', format });

/** An object of these keys and no others. */
export function closed(properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** An object of these keys and of extensions, whose keys are URIs or CURIEs. */
export function extensible(
  name: string,
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  keySets: KeySets,
): Schema {
  keySets[`${name} key`] = new Set(Object.keys(properties));
  return { type: 'object', properties, required, propertyNames: { format: `${name} key` } };
}

export const context: Schema = {
  anyOf: [uri, { type: 'object' }, list({ anyOf: [uri, { type: 'object' }] }, { uniqueItems: true })],
};

export const place: Schema = { type: 'object', properties: { id: uri }, required: ['id'] };

export const quantities: Schema = list(
  closed({ epcClass: uri, quantity: decimal, uom: { type: 'string', pattern: '^[A-Z0-9]{2,3}$' } }, [
    'epcClass',
  ]),
);

export const bizTransactions: Schema = list(
  closed({ type: word('biz-transaction-type'), bizTransaction: uri }, ['bizTransaction']),
);

export const sources: Schema = list(
  closed({ type: word('source-dest-type'), source: uri }, ['type', 'source']),
);

export const destinations: Schema = list(
  closed({ type: word('source-dest-type'), destination: uri }, ['type', 'destination']),
);

const dispositions: Schema = list(word('disposition'), { minItems: 1, uniqueItems: true });

export const persistentDisposition: Schema = {
  ...closed({ set: dispositions, unset: dispositions }, []),
  minProperties: 1,
};

export const ilmd: Schema = { type: 'object', propertyNames: { format: 'uri' } };
