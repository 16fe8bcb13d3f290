import { NAMES } from './labelled-events.fixture.js';

const { piece, lot, product, pallet, factory, shop } = NAMES;
const EVERY = 'corrected made measured packed sent turned';

/**
 * The parameters of EPCIS 2.0 §8.2.7.1 with fixed names that choose events: a value that some labelled events meet, their
 * labels, and a value that none meets.
 */
export const CHOOSING: readonly (readonly [name: string, met: string, labels: string, missed: string])[] = [
  ['eventType', 'AggregationEvent|TransactionEvent', 'packed sent', 'AssociationEvent'],
  ['GE_eventTime', '2026-01-05T05:00:00Z', 'measured', '2026-01-05T05:00:01Z'],
  ['LT_eventTime', '2026-01-05T01:00:01Z', 'corrected made', '2026-01-05T01:00:00Z'],
  ['GE_recordTime', '2020-01-01T00:00:00Z', EVERY, '2199-01-01T00:00:00Z'],
  ['LT_recordTime', '2199-01-01T00:00:00Z', EVERY, '2020-01-01T00:00:00Z'],
  ['EQ_action', 'OBSERVE', 'measured sent', 'DELETE'],
  ['EQ_bizStep', 'packing|shipping', 'packed sent', 'receiving'],
  ['EQ_disposition', 'active', 'made', 'destroyed'],
  ['EQ_persistentDisposition_set', 'completeness_verified', 'packed', 'completeness_inferred'],
  ['EQ_persistentDisposition_unset', 'completeness_inferred', 'packed', 'completeness_verified'],
  ['EQ_readPoint', factory, 'made sent', `${factory}/254/1`],
  ['WD_readPoint', factory, 'made sent', `${factory}/254/1`],
  ['EQ_bizLocation', shop, 'corrected', `${shop}/254/1`],
  ['WD_bizLocation', shop, 'corrected', `${shop}/254/1`],
  ['EQ_transformationID', NAMES.transformation, 'turned', NAMES.eventId],
  ['MATCH_epc', piece(1), 'made packed', piece(4)],
  ['MATCH_parentID', pallet, 'packed sent', piece(1)],
  ['MATCH_inputEPC', piece(3), 'turned', piece(4)],
  ['MATCH_outputEPC', piece(4), 'turned', piece(3)],
  ['MATCH_anyEPC', `${piece(4)}|${pallet}`, 'packed sent turned', piece(7)],
  ['MATCH_epcClass', lot, 'made packed', piece(1)],
  ['MATCH_inputEPCClass', lot, 'turned', product],
  ['MATCH_outputEPCClass', product, 'turned', lot],
  ['MATCH_anyEPCClass', product, 'packed turned', pallet],
  ['EQ_quantity', '5|10', 'made packed', '4'],
  ['GT_quantity', '9', 'made', '10'],
  ['GE_quantity', '10', 'made', '11'],
  ['LT_quantity', '3', 'turned', '2'],
  ['LE_quantity', '2', 'turned', '1'],
  ['EQ_eventID', NAMES.eventId, 'corrected made', NAMES.correctionId],
  ['EXISTS_errorDeclaration', 'true', 'corrected', ''],
  ['GE_errorDeclarationTime', '2026-01-06T00:00:00Z', 'corrected', '2026-01-06T00:00:01Z'],
  ['LT_errorDeclarationTime', '2026-01-06T00:00:01Z', 'corrected', '2026-01-06T00:00:00Z'],
  ['EQ_errorReason', 'incorrect_data', 'corrected', 'did_not_occur'],
  ['EQ_correctiveEventID', NAMES.correctionId, 'corrected', NAMES.eventId],
  ['EXISTS_sensorElementList', 'true', 'measured', ''],
  ['GE_time', '2026-01-05T09:15:00Z', 'measured', '2026-01-05T09:15:01Z'],
  ['LT_time', '2026-01-05T09:15:01Z', 'measured', '2026-01-05T09:15:00Z'],
  ['GE_startTime', '2026-01-05T09:00:00Z', 'measured', '2026-01-05T09:00:01Z'],
  ['LT_startTime', '2026-01-05T09:00:01Z', 'measured', '2026-01-05T09:00:00Z'],
  ['GE_endTime', '2026-01-05T09:30:00Z', 'measured', '2026-01-05T09:30:01Z'],
  ['LT_endTime', '2026-01-05T09:30:01Z', 'measured', '2026-01-05T09:30:00Z'],
  ['EQ_type', 'gs1:Temperature', 'measured', 'gs1:Speed'],
  ['EQ_deviceID', 'https://id.gs1.org/8004/9521141333', 'measured', 'https://id.gs1.org/8004/9521141334'],
  [
    'EQ_dataProcessingMethod',
    'https://id.gs1.org/253/9521141000014DP',
    'measured',
    'https://id.gs1.org/253/9521141000014BR',
  ],
  [
    'EQ_microorganism',
    'https://www.ncbi.nlm.nih.gov/taxonomy/1126011',
    'measured',
    'https://www.ncbi.nlm.nih.gov/taxonomy/1126012',
  ],
  [
    'EQ_chemicalSubstance',
    'https://identifiers.org/inchikey:CZMRCDWAGMRECN-UHFFFAOYSA-N',
    'measured',
    'https://identifiers.org/inchikey:XLYOFNOQVPJJNP-UHFFFAOYSA-N',
  ],
  [
    'EQ_bizRules',
    'https://id.gs1.org/253/9521141000014BR',
    'measured',
    'https://id.gs1.org/253/9521141000014DP',
  ],
  ['EQ_stringValue', 'SomeString', 'measured', 'Other'],
  ['EQ_booleanValue', 'true', 'measured', 'false'],
  ['EQ_hexBinaryValue', 'F0F0F0', 'measured', 'F0F0F1'],
  ['EQ_uriValue', 'https://id.gs1.org/8004/9521141222', 'measured', 'https://id.gs1.org/8004/9521141223'],
  ['EQ_percRank', '50', 'measured', '51'],
  ['GT_percRank', '49', 'measured', '50'],
  ['GE_percRank', '50', 'measured', '51'],
  ['LT_percRank', '51', 'measured', '50'],
  ['LE_percRank', '50', 'measured', '49'],
];

/** The parameters with fixed names that order and cut. */
export const CUTTING = ['orderBy', 'orderDirection', 'eventCountLimit', 'maxEventCount'] as const;
