import type { EpcisEvent, JsonValue } from '../epcis.types.js';

/** What an event lacks as a whole. */
export type ShapeFault = { rule: string; key: string; found: string; expected: string };

/**
 * Says what an event of a standard type lacks though each field of it may be right: objects to speak of, a place for
 * a sensor's reading, inputs and outputs of a transformation (EPCIS 2.0, section 7.4).
 */
export function shapeFault(event: EpcisEvent): ShapeFault | undefined {
  switch (event.type) {
    case 'ObjectEvent':
      return ilmdFault(event) ?? objectFault(event);
    case 'AggregationEvent':
    case 'AssociationEvent':
      return isDelete(event) || filled(event.childEPCs) || filled(event.childQuantityList)
        ? undefined
        : lacking('childEPCs or childQuantityList with at least one element, unless action is DELETE');
    case 'TransactionEvent':
      return isDelete(event) || event.epcList !== undefined || filled(event.quantityList)
        ? undefined
        : lacking('epcList, or quantityList with at least one element, unless action is DELETE');
    case 'TransformationEvent':
      return transformationFault(event);
    default:
      return undefined;
  }
}

function ilmdFault(event: EpcisEvent): ShapeFault | undefined {
  if (event.ilmd === undefined || event.action === 'ADD') return undefined;
  return {
    rule: 'ilmd',
    key: 'ilmd',
    found: `ilmd with action ${event.action}`,
    expected: 'ilmd only with action ADD',
  };
}

function objectFault(event: EpcisEvent): ShapeFault | undefined {
  if (event.epcList !== undefined || filled(event.quantityList)) return undefined;
  if (filled(event.sensorElementList) && event.readPoint !== undefined) return undefined;
  return lacking(
    'epcList, or quantityList with at least one element, or sensorElementList together with readPoint',
  );
}

function transformationFault(event: EpcisEvent): ShapeFault | undefined {
  const input = filled(event.inputEPCList) || filled(event.inputQuantityList);
  const output = filled(event.outputEPCList) || filled(event.outputQuantityList);
  if ((input && output) || (event.transformationID !== undefined && (input || output))) return undefined;
  return lacking('inputs and outputs, or a transformationID with either of them');
}

function lacking(expected: string): ShapeFault {
  return { rule: 'objects', key: '', found: 'none', expected };
}

function isDelete(event: EpcisEvent): boolean {
  return event.action === 'DELETE';
}

function filled(list: JsonValue | undefined): boolean {
  return Array.isArray(list) && list.length > 0;
}
