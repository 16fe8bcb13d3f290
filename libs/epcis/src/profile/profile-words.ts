import type { ErrorObject } from 'ajv';
import type { EventFault } from '../checks/event-fault.js';
import { escapePointer } from '../document/scan.js';
import { errorInWords } from '../schema/error-words.js';

const INSIDE_ALTERNATIVE = /\/(?:anyOf|oneOf|not|if|contains)\//;

/** Words for what a profile does not allow; undefined for errors that only repeat another one. */
export function profileErrorInWords(error: ErrorObject): EventFault | undefined {
  const { keyword, instancePath, schemaPath, propertyName } = error;
  const params = error.params as Record<string, unknown>;
  if (propertyName !== undefined) {
    const pointer = `${instancePath}/${escapePointer(propertyName)}`;
    const found = propertyName.slice(0, 80);
    return { pointer, rule: 'propertyNames', found, expected: 'a key that the profile allows' };
  }
  if (INSIDE_ALTERNATIVE.test(schemaPath) || keyword === 'if' || keyword === 'propertyNames')
    return undefined;
  const here = (expected: string): EventFault => ({
    pointer: instancePath,
    rule: keyword,
    found: (JSON.stringify(error.data) ?? 'nothing').slice(0, 80),
    expected,
  });
  switch (keyword) {
    case 'anyOf':
      return here(`one of the ${alternatives(error)} alternatives of the profile`);
    case 'oneOf':
      return here(`exactly one of the ${alternatives(error)} alternatives of the profile`);
    case 'not':
      return here('anything but what the profile excludes');
    case 'const':
      return here(JSON.stringify(params['allowedValue']));
    case 'contains':
      return here(`at least ${String(params['minContains'])} element of the form that the profile asks for`);
    case 'false schema':
      return here('nothing here');
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const pointer = `${instancePath}/${escapePointer(key)}`;
      return {
        pointer,
        rule: keyword,
        found: key.slice(0, 80),
        expected: 'only the keys that the profile names',
      };
    }
    default:
      return errorInWords(error);
  }
}

function alternatives(error: ErrorObject): number {
  return Array.isArray(error.schema) ? error.schema.length : 0;
}
