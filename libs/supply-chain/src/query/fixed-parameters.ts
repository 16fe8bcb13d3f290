import { normalizeIdentifier } from '@tallyhouse/epcis';
import type { Comparison, Criterion, ObjectList } from './criterion.js';
import { readObjects } from './epc-values.js';
import { anyOf, equal, reported, sensorPath, timeThere } from './json-path.js';
import { cbvSpellings, gs1Spellings, localTerm } from './terms.js';
import { flagValue, invalid, numberValues, timeValue, type Parameter } from './values.js';

/** Reads a parameter; undefined when its value restricts nothing. */
export type ParameterReader = (parameter: Parameter) => Criterion | undefined;

const ACTIONS: readonly string[] = ['ADD', 'OBSERVE', 'DELETE'];
const EPCS: readonly ObjectList[] = ['epcList', 'childEPCs'];
const CLASSES: readonly ObjectList[] = ['quantityList', 'childQuantityList'];

/** The parameters of EPCIS 2.0 §8.2.7.1 whose names are fixed. */
export const FIXED_PARAMETERS: Readonly<Record<string, ParameterReader>> = {
  eventType: ({ values }) => ({ kind: 'column', column: 'event_type', values }),
  GE_eventTime: columnTime('event_time', 'GE'),
  LT_eventTime: columnTime('event_time', 'LT'),
  GE_recordTime: columnTime('record_time', 'GE'),
  LT_recordTime: columnTime('record_time', 'LT'),
  EQ_action: ({ name, values }) => {
    if (!values.every((value) => ACTIONS.includes(value))) throw invalid(name, `takes ${ACTIONS.join(', ')}`);
    return { kind: 'column', column: 'action', values };
  },
  EQ_bizStep: ({ values }) => ({ kind: 'column', column: 'biz_step', values: values.map(localTerm) }),
  EQ_disposition: ({ values }) => ({ kind: 'column', column: 'disposition', values: values.map(localTerm) }),
  EQ_persistentDisposition_set: persistent('set'),
  EQ_persistentDisposition_unset: persistent('unset'),
  EQ_readPoint: place('read_point'),
  EQ_bizLocation: place('biz_location'),
  WD_readPoint: within('read_point'),
  WD_bizLocation: within('biz_location'),
  EQ_transformationID: ({ values }) => anyOf('$.transformationID', values),
  MATCH_epc: objects(EPCS),
  MATCH_parentID: objects(['parentID']),
  MATCH_inputEPC: objects(['inputEPCList']),
  MATCH_outputEPC: objects(['outputEPCList']),
  MATCH_anyEPC: objects([...EPCS, 'parentID', 'inputEPCList', 'outputEPCList']),
  MATCH_epcClass: classes(CLASSES),
  MATCH_inputEPCClass: classes(['inputQuantityList']),
  MATCH_outputEPCClass: classes(['outputQuantityList']),
  MATCH_anyEPCClass: classes([...CLASSES, 'inputQuantityList', 'outputQuantityList']),
  EQ_quantity: quantity('EQ'),
  GT_quantity: quantity('GT'),
  GE_quantity: quantity('GE'),
  LT_quantity: quantity('LT'),
  LE_quantity: quantity('LE'),
  EQ_eventID: ({ values }) => ({ kind: 'event-id', ids: values }),
  EXISTS_errorDeclaration: (parameter) =>
    flagValue(parameter) ? { kind: 'path', path: '$.errorDeclaration', variables: {} } : undefined,
  GE_errorDeclarationTime: pathTime('$.errorDeclaration.declarationTime', 'GE'),
  LT_errorDeclarationTime: pathTime('$.errorDeclaration.declarationTime', 'LT'),
  // The JSON Schema of queries spells these two otherwise than the standard's table does.
  GE_errorDeclaration_Time: pathTime('$.errorDeclaration.declarationTime', 'GE'),
  LT_errorDeclaration_Time: pathTime('$.errorDeclaration.declarationTime', 'LT'),
  EQ_errorReason: ({ values }) => anyOf('$.errorDeclaration.reason', cbvSpellings(values, 'ER', 'er')),
  EQ_correctiveEventID: ({ values }) => anyOf('$.errorDeclaration.correctiveEventIDs[*]', values),
  EXISTS_sensorElementList: (parameter) =>
    flagValue(parameter) ? { kind: 'path', path: '$.sensorElementList[*]', variables: {} } : undefined,
  GE_time: pathTime(sensorPath('either', 'time'), 'GE'),
  LT_time: pathTime(sensorPath('either', 'time'), 'LT'),
  GE_startTime: pathTime(sensorPath('metadata', 'startTime'), 'GE'),
  LT_startTime: pathTime(sensorPath('metadata', 'startTime'), 'LT'),
  GE_endTime: pathTime(sensorPath('metadata', 'endTime'), 'GE'),
  LT_endTime: pathTime(sensorPath('metadata', 'endTime'), 'LT'),
  EQ_type: ({ values }) => anyOf(sensorPath('report', 'type'), gs1Spellings(values)),
  EQ_deviceID: sensor('either', 'deviceID'),
  EQ_dataProcessingMethod: sensor('either', 'dataProcessingMethod'),
  EQ_microorganism: sensor('report', 'microorganism'),
  EQ_chemicalSubstance: sensor('report', 'chemicalSubstance'),
  EQ_bizRules: sensor('metadata', 'bizRules'),
  EQ_stringValue: sensor('report', 'stringValue'),
  EQ_hexBinaryValue: sensor('report', 'hexBinaryValue'),
  EQ_uriValue: sensor('report', 'uriValue'),
  EQ_booleanValue: (parameter) => equal(sensorPath('report', 'booleanValue'), flagValue(parameter)),
  EQ_percRank: percentRank('EQ'),
  GT_percRank: percentRank('GT'),
  GE_percRank: percentRank('GE'),
  LT_percRank: percentRank('LT'),
  LE_percRank: percentRank('LE'),
};

function columnTime(column: 'event_time' | 'record_time', comparison: Comparison): ParameterReader {
  return (parameter) => ({ kind: 'time', column, comparison, time: timeValue(parameter) });
}

function pathTime(path: string, comparison: Comparison): ParameterReader {
  return (parameter) => timeThere(path, comparison, timeValue(parameter));
}

function persistent(change: 'set' | 'unset'): ParameterReader {
  return ({ values }) => anyOf(`$.persistentDisposition.${change}[*]`, cbvSpellings(values, 'Disp', 'disp'));
}

function place(column: 'read_point' | 'biz_location'): ParameterReader {
  return ({ values }) => ({ kind: 'column', column, values: values.map(normalizeIdentifier) });
}

/** What is inside a site is told by its identifiers: a GLN with an extension is a place inside that of the GLN alone. */
function within(column: 'read_point' | 'biz_location'): ParameterReader {
  return ({ values }) => ({ kind: 'within', column, sites: values.map(normalizeIdentifier) });
}

function objects(lists: readonly ObjectList[]): ParameterReader {
  return (parameter) => ({ kind: 'object', lists, ...readObjects(parameter, 'items') });
}

function classes(lists: readonly ObjectList[]): ParameterReader {
  return (parameter) => ({ kind: 'object', lists, ...readObjects(parameter, 'classes') });
}

function quantity(comparison: Comparison): ParameterReader {
  return (parameter) => ({
    kind: 'quantity',
    comparison,
    quantities: numberValues(parameter, comparison),
    uom: undefined,
  });
}

function sensor(where: 'metadata' | 'report' | 'either', attribute: string): ParameterReader {
  return ({ values }) => anyOf(sensorPath(where, attribute), values);
}

function percentRank(comparison: Comparison): ParameterReader {
  return (parameter) => reported('percRank', comparison, numberValues(parameter, comparison), undefined);
}
