import type { ErrorObject } from 'ajv';
import { escapePointer } from '../document/scan.js';
import { FORMAT_TEXTS } from './formats.js';

/** A schema error as a sender can read it; the pointer starts where the validated value does. */
export type ErrorWords = { pointer: string; rule: string; found: string; expected: string };

const SHOWN_SIGNS = 80;

/** Words for one error of ajv; undefined for errors that only repeat another one. */
export function errorInWords(error: ErrorObject): ErrorWords | undefined {
  const { keyword, instancePath, params } = error as ErrorObject<string, Record<string, unknown>>;
  if (error.propertyName !== undefined)
    return keyInWords(instancePath, error.propertyName, String(params.format));
  const here = (rule: string, expected: string): ErrorWords => ({
    pointer: instancePath,
    rule,
    found: shown(error.data),
    expected,
  });
  if (error.schemaPath.includes('/anyOf/')) return undefined;
  switch (keyword) {
    case 'propertyNames':
      return undefined;
    case 'anyOf':
      return here('form', 'a URI, or a list of URIs; in @context also objects that define prefixes');
    case 'required': {
      const key = String(params.missingProperty);
      return {
        pointer: `${instancePath}/${escapePointer(key)}`,
        rule: 'required',
        found: 'nothing',
        expected: `a value for ${key}`,
      };
    }
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      return {
        pointer: `${instancePath}/${escapePointer(key)}`,
        rule: 'unknown-key',
        found: key,
        expected: 'only the keys that EPCIS 2.0 names',
      };
    }
    case 'type':
      return here('type', `a value of type ${String(params.type).replaceAll(',', ' or ')}`);
    case 'enum':
      return here('enum', `one of ${(params.allowedValues as unknown[]).join(', ')}`);
    case 'format':
      return here('format', FORMAT_TEXTS[String(params.format)] ?? String(params.format));
    case 'pattern':
      return here('pattern', `text that matches ${String(params.pattern)}`);
    case 'minItems':
      return here('minItems', `at least ${String(params.limit)} element`);
    case 'minProperties':
      return here('minProperties', `at least ${String(params.limit)} key`);
    case 'uniqueItems':
      return here(
        'uniqueItems',
        `each element once; elements ${String(params.i)} and ${String(params.j)} are equal`,
      );
    default:
      return here(keyword, error.message ?? 'what the schema says');
  }
}

function keyInWords(parent: string, key: string, format: string): ErrorWords {
  const owner = format.endsWith(' key') ? format.slice(0, -4) : 'ilmd';
  return {
    pointer: `${parent}/${escapePointer(key)}`,
    rule: 'unknown-key',
    found: key.slice(0, SHOWN_SIGNS),
    expected: `a key of ${owner} in EPCIS 2.0, or an extension key with a prefix (example:${key.slice(0, SHOWN_SIGNS)})`,
  };
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > SHOWN_SIGNS ? `${json.slice(0, SHOWN_SIGNS)}…` : json;
}
