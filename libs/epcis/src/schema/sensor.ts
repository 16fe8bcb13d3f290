import { decimal, extensible, list, text, time, uri, word, type KeySets, type Schema } from './parts.js';

/** `sensorElementList`: readings with what is known of the sensor (EPCIS 2.0, section 7.3.7). */
export function sensorElements(keySets: KeySets): Schema {
  const provenance = {
    deviceID: uri,
    deviceMetadata: uri,
    rawData: uri,
    dataProcessingMethod: uri,
    bizRules: uri,
  };
  const metadata = { time, startTime: time, endTime: time, ...provenance };
  const report = {
    type: word('measurement'),
    exception: word('sensor-exception'),
    ...provenance,
    time,
    microorganism: uri,
    chemicalSubstance: uri,
    coordinateReferenceSystem: uri,
    value: decimal,
    component: word('sensor-component'),
    stringValue: text,
    booleanValue: { type: 'boolean' },
    hexBinaryValue: { type: 'string', pattern: '^[A-Fa-f0-9]+$' },
    uriValue: uri,
    minValue: decimal,
    maxValue: decimal,
    meanValue: decimal,
    sDev: decimal,
    percRank: decimal,
    percValue: decimal,
    uom: text,
  };
  const element = {
    sensorMetadata: extensible('sensorMetadata', metadata, [], keySets),
    sensorReport: list(extensible('sensorReport', report, ['type'], keySets), { minItems: 1 }),
  };
  return list(extensible('sensorElement', element, ['sensorReport'], keySets));
}
