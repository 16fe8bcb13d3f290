import type { Vocabulary } from '@tallyhouse/supply-chain';

/** Where the EPCIS 2.0 REST interface begins. */
export const PREFIX = '/epcis/v2';

/** The parameter that a resource in the address stands for. */
export const PARAMETER_OF: Readonly<Record<Vocabulary, string>> = {
  eventTypes: 'eventType',
  epcs: 'MATCH_anyEPC',
  bizSteps: 'EQ_bizStep',
  bizLocations: 'EQ_bizLocation',
  readPoints: 'EQ_readPoint',
  dispositions: 'EQ_disposition',
};

/** Top-level resources, in the standard's order. */
export const TOP_LEVEL: readonly string[] = ['events', ...Object.keys(PARAMETER_OF), 'capture', 'queries'];

/** Whether a part of an address is one of the resources that list values. */
export function isVocabulary(name: string): name is Vocabulary {
  return Object.hasOwn(PARAMETER_OF, name);
}

/** Methods of an address below the prefix, or undefined when nothing has it. Parts are as they stand in the URL. */
export function methodsOf(path: string): readonly string[] | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const [first = '', , third] = parts;
  if (parts.length === 0) return READ;
  if (first === 'capture' && third === 'document' && parts.length === 3) return READ;
  if (first === 'capture' || first === 'events') return [READ_AND_ADD, READ][parts.length - 1];
  if (first === 'queries' && third === 'subscriptions') return SUBSCRIPTIONS[parts.length - 3];
  if (first === 'queries' && (third === undefined || third === 'events')) {
    return [READ_AND_ADD, READ_AND_REMOVE, READ][parts.length - 1];
  }
  if (isVocabulary(first) && (third === undefined || third === 'events')) {
    return [READ, READ, READ][parts.length - 1];
  }
  return undefined;
}

const READ = ['OPTIONS', 'GET', 'HEAD'];
const READ_AND_ADD = [...READ, 'POST'];
const READ_AND_REMOVE = [...READ, 'DELETE'];
/** The list, one of them, what was given up of one, and the order to send it again. */
const SUBSCRIPTIONS = [READ_AND_ADD, READ_AND_REMOVE, READ, ['OPTIONS', 'POST']];
