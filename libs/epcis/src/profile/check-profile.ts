import { escapePointer } from '../document/scan.js';
import { isObject } from '../document/read-json.js';
import type { JsonObject, JsonValue } from '../epcis.types.js';
import { linearPattern } from './linear-pattern.js';
import { PatternFault } from './pattern-syntax.js';
import { KEYWORDS, PROFILE_FORMATS } from './profile-keywords.js';

/** What is wrong with a profile; the pointer is into the profile. */
export type ProfileFault = { pointer: string; rule: string; found: string; expected: string };

/** Schemas within a profile, references followed each time that they stand there. */
const MAX_SCHEMAS = 5_000;
const LOCAL_REFERENCE = /^#\/(?:\$defs|definitions)\/([^/]+)$/;
/** The standard's own schema, which every captured event has passed before a profile is asked. */
const EPCIS_SCHEMA =
  /^https?:\/\/ref\.gs1\.org\/standards\/epcis\/[\w./-]*epcis-json-schema(?:-[\d.]+)?\.json#?$/;
const AT_THE_TOP = /^(?:\/allOf\/\d+)*\/\$ref$/;
const FORMATS: ReadonlySet<unknown> = new Set(PROFILE_FORMATS);

/**
 * Looks for what a profile must not have: keywords that would do nothing, references that lead elsewhere or in a
 * circle, patterns whose time nobody can bound, and more schemas than a capture should have to look at.
 */
export function profileFaults(root: JsonObject): ProfileFault[] {
  const walk = new Walk(root);
  walk.schema(root, '');
  return walk.faults;
}

class Walk {
  public readonly faults: ProfileFault[] = [];
  private readonly sizes = new Map<string, number | 'open'>();
  private size = 0;

  public constructor(private readonly root: JsonObject) {}

  public schema(schema: JsonValue | undefined, pointer: string): void {
    this.size += 1;
    if (typeof schema === 'boolean' || this.isTooLarge()) return;
    if (!isObject(schema)) return this.fault(pointer, 'schema', schema, 'a schema: an object, true or false');
    for (const [keyword, value] of Object.entries(schema)) {
      this.keyword(keyword, value, `${pointer}/${escapePointer(keyword)}`);
    }
  }

  private keyword(keyword: string, value: JsonValue | undefined, pointer: string): void {
    switch (KEYWORDS.get(keyword)) {
      case undefined:
        return this.fault(pointer, 'keyword', keyword, `one of ${[...KEYWORDS.keys()].join(', ')}`);
      case 'schema':
        return this.schema(value, pointer);
      case 'schemas':
        return this.list(value, pointer);
      case 'schema or list':
        return Array.isArray(value) ? this.list(value, pointer) : this.schema(value, pointer);
      case 'named':
        return this.named(keyword, value, pointer);
      default:
        return this.value(keyword, value, pointer);
    }
  }

  private list(value: JsonValue | undefined, pointer: string): void {
    if (!Array.isArray(value)) return this.fault(pointer, 'schema', value, 'a list of schemas');
    value.forEach((schema, index) => this.schema(schema, `${pointer}/${index}`));
  }

  private named(keyword: string, value: JsonValue | undefined, pointer: string): void {
    if (!isObject(value)) return this.fault(pointer, 'schema', value, 'an object of schemas');
    for (const [name, schema] of Object.entries(value)) {
      const here = `${pointer}/${escapePointer(name)}`;
      if (keyword === 'patternProperties') this.pattern(name, here);
      this.schema(schema, here);
    }
  }

  private value(keyword: string, value: JsonValue | undefined, pointer: string): void {
    if (keyword === '$ref') this.reference(value, pointer);
    if (keyword === 'pattern') this.pattern(value, pointer);
    if (keyword === 'format' && !FORMATS.has(value)) {
      this.fault(pointer, 'format', value, `one of ${PROFILE_FORMATS.join(', ')}; for others take pattern`);
    }
    if (keyword === '$id' && pointer !== '/$id') {
      this.fault(pointer, 'keyword', value, '$id at the top only');
    }
  }

  private pattern(source: JsonValue | undefined, pointer: string): void {
    try {
      if (typeof source !== 'string') throw new PatternFault('no text');
      linearPattern(source);
    } catch (error) {
      if (!(error instanceof PatternFault)) throw error;
      this.fault(pointer, 'pattern', source, `a regular expression in bounded time: ${error.message}`);
    }
  }

  private reference(target: JsonValue | undefined, pointer: string): void {
    if (isEpcisSchema(target) && AT_THE_TOP.test(pointer)) return;
    const [section, name] = typeof target === 'string' ? this.definitionOf(target) : [];
    if (typeof target !== 'string' || section === undefined || name === undefined) {
      const expected =
        '#/$defs/<name> of this profile; the EPCIS schema itself may be named at the top, in allOf, by its address';
      return this.fault(pointer, 'reference', target, expected);
    }
    const size = this.sizes.get(target);
    if (size === 'open') {
      return this.fault(pointer, 'reference', target, 'no reference that leads back to itself');
    }
    if (size !== undefined) {
      this.size += size;
      this.isTooLarge();
      return;
    }
    const before = this.size;
    this.sizes.set(target, 'open');
    this.schema(section[name], target.slice(1));
    this.sizes.set(target, this.size - before);
  }

  /** The section and the name in it that a reference leads to; nothing where it leads nowhere. */
  private definitionOf(target: string): [JsonObject, string] | [] {
    const name = LOCAL_REFERENCE.exec(target)?.[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
    const section = this.root[target.startsWith('#/definitions/') ? 'definitions' : '$defs'];
    return name !== undefined && isObject(section) && Object.hasOwn(section, name) ? [section, name] : [];
  }

  private isTooLarge(): boolean {
    if (this.size <= MAX_SCHEMAS) return false;
    if (!this.faults.some(({ rule }) => rule === 'size')) {
      const expected = `at most ${MAX_SCHEMAS} schemas, those of references counted at each`;
      this.faults.push({ pointer: '', rule: 'size', found: 'more', expected });
    }
    return true;
  }

  private fault(pointer: string, rule: string, found: JsonValue | undefined, expected: string): void {
    const isKnown = this.faults.some((known) => known.pointer === pointer && known.rule === rule);
    if (isKnown || this.faults.length >= 100) return;
    this.faults.push({ pointer, rule, found: (JSON.stringify(found) ?? 'nothing').slice(0, 80), expected });
  }
}

/** Whether a reference names the EPCIS schema as a whole. */
export function isEpcisSchema(reference: JsonValue | undefined): boolean {
  return typeof reference === 'string' && EPCIS_SCHEMA.test(reference);
}
