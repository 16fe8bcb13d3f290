/** How an element of an event is written in JSON (EPCIS 2.0, section 10 beside section 9). */
export type FieldForm =
  | { form: 'text' }
  | { form: 'word' }
  /** A list of texts; `item` is the element around each. */
  | { form: 'texts'; item: string }
  | { form: 'quantities' }
  /** A list of objects; `item` is the element around each, its text goes to the key of that name. */
  | { form: 'typed'; item: string }
  | { form: 'place' }
  | { form: 'extensions' }
  | { form: 'errorDeclaration' }
  | { form: 'persistentDisposition' }
  | { form: 'sensorElements' };

const text: FieldForm = { form: 'text' };
const word: FieldForm = { form: 'word' };
const place: FieldForm = { form: 'place' };
const epcs: FieldForm = { form: 'texts', item: 'epc' };
const quantities: FieldForm = { form: 'quantities' };

/** Elements of an event by name; others without a namespace are unknown to EPCIS. */
export const EVENT_ELEMENTS: ReadonlyMap<string, FieldForm> = new Map<string, FieldForm>([
  ['eventTime', text],
  ['recordTime', text],
  ['eventTimeZoneOffset', text],
  ['eventID', text],
  ['errorDeclaration', { form: 'errorDeclaration' }],
  ['certificationInfo', text],
  ['epcList', epcs],
  ['childEPCs', epcs],
  ['inputEPCList', epcs],
  ['outputEPCList', epcs],
  ['quantityList', quantities],
  ['childQuantityList', quantities],
  ['inputQuantityList', quantities],
  ['outputQuantityList', quantities],
  ['parentID', text],
  ['transformationID', text],
  ['action', text],
  ['bizStep', word],
  ['disposition', word],
  ['persistentDisposition', { form: 'persistentDisposition' }],
  ['readPoint', place],
  ['bizLocation', place],
  ['bizTransactionList', { form: 'typed', item: 'bizTransaction' }],
  ['sourceList', { form: 'typed', item: 'source' }],
  ['destinationList', { form: 'typed', item: 'destination' }],
  ['sensorElementList', { form: 'sensorElements' }],
  ['ilmd', { form: 'extensions' }],
]);

/** Elements in which versions before 2.0 hid what came later. */
export const WRAPPERS: ReadonlySet<string> = new Set(['extension', 'baseExtension']);

/** Attributes of a sensor report whose JSON value is a number. */
export const NUMBERS: ReadonlySet<string> = new Set([
  'value',
  'minValue',
  'maxValue',
  'meanValue',
  'sDev',
  'percRank',
  'percValue',
]);

const CBV_WORD =
  /^(?:urn:epcglobal:cbv:(?:bizstep|disp|btt|sdt|er):|https?:\/\/ref\.gs1\.org\/cbv\/[A-Za-z]+-|cbv:(?:BizStep|Disp|BTT|SDT|ER|Comp)-)(\w+)$/;
const GS1_WORD = /^(?:gs1:|https?:\/\/(?:www\.)?gs1\.org\/voc\/)(?:MT-)?(\w+)$/;

/** The bare word that JSON has where XML spells a word of CBV or of the GS1 vocabulary as URI or CURIE. */
export function bareWord(uri: string): string {
  return (CBV_WORD.exec(uri) ?? GS1_WORD.exec(uri))?.[1] ?? uri;
}
