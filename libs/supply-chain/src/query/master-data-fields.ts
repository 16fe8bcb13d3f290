import { attributeName } from '@tallyhouse/epcis';
import type { Criterion, MasterDataField, ObjectList } from './criterion.js';
import { extensionPath, keyStep } from './json-path.js';
import { invalid, type Parameter } from './values.js';

/** Vocabularies of a place: its own, and that of CBV for places of whatever use. */
const PLACE_VOCABULARIES: Readonly<Record<'read_point' | 'biz_location', readonly string[]>> = {
  read_point: ['ReadPoint', 'Location'],
  biz_location: ['BusinessLocation', 'Location'],
};
const PARTIES = ['SourceDest', 'Party', 'Location'];

/** Fields by name; those of the standard whose type is a vocabulary (EPCIS 2.0, section 7), and lists of objects. */
const FIELDS: Readonly<Record<string, MasterDataField>> = {
  readPoint: { at: 'column', column: 'read_point', vocabularies: PLACE_VOCABULARIES.read_point },
  bizLocation: { at: 'column', column: 'biz_location', vocabularies: PLACE_VOCABULARIES.biz_location },
  bizStep: { at: 'column', column: 'biz_step', vocabularies: ['BusinessStep'] },
  disposition: { at: 'column', column: 'disposition', vocabularies: ['Disposition'] },
  ...named(['bizTransaction', 'bizTransactionList'], {
    at: 'transactions',
    vocabularies: ['BusinessTransaction'],
  }),
  ...named(['source', 'sourceList'], { at: 'parties', role: 'SOURCE', vocabularies: PARTIES }),
  ...named(['destination', 'destinationList'], { at: 'parties', role: 'DESTINATION', vocabularies: PARTIES }),
  epcClass: objects('quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'),
  epcList: objects('epcList'),
  childEPCs: objects('childEPCs'),
  parentID: objects('parentID'),
  inputEPCList: objects('inputEPCList'),
  outputEPCList: objects('outputEPCList'),
  quantityList: objects('quantityList'),
  childQuantityList: objects('childQuantityList'),
  inputQuantityList: objects('inputQuantityList'),
  outputQuantityList: objects('outputQuantityList'),
};

/** Vocabularies in which the places inside a place are told. */
export function vocabulariesOf(column: 'read_point' | 'biz_location'): readonly string[] {
  return PLACE_VOCABULARIES[column];
}

/** `HASATTR_<field>`: an attribute of one of some names is there. */
export function hasAttribute(parameter: Parameter, field: string): Criterion {
  return {
    kind: 'attribute',
    field: fieldOf(parameter, field),
    names: bothSpellings(parameter.values),
    values: undefined,
  };
}

/** `EQATTR_<field>_<attribute>`: the attribute has one of some values. The first underscore ends the name of the field. */
export function attributeEquals(parameter: Parameter, rest: string): Criterion {
  const known = Object.keys(FIELDS).find((field) => rest.startsWith(`${field}_`));
  const field = known ?? rest.slice(0, Math.max(rest.indexOf('_'), 0));
  const name = rest.slice(field.length + 1);
  if (name === '') throw invalid(parameter.name, 'is EQATTR_<field>_<attribute>');
  return {
    kind: 'attribute',
    field: fieldOf(parameter, field),
    names: bothSpellings([name]),
    values: parameter.values,
  };
}

function fieldOf({ name }: Parameter, field: string): MasterDataField {
  if (Object.hasOwn(FIELDS, field)) return FIELDS[field]!;
  if (/^[^_:][^:]*:.+$/.test(field)) return { at: 'path', path: extensionPath(keyStep(field), false) };
  const known = Object.keys(FIELDS).join(', ');
  throw invalid(name, `there is no field ${field || '(none)'} that master data are of; there are ${known}`);
}

function bothSpellings(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => [name, attributeName(name)]))];
}

function objects(...lists: ObjectList[]): MasterDataField {
  return { at: 'objects', lists, vocabularies: ['EPCClass', 'EPCInstance'] };
}

function named(names: readonly string[], field: MasterDataField): Record<string, MasterDataField> {
  return Object.fromEntries(names.map((name) => [name, field]));
}
