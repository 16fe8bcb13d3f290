import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_KEY, type ApiUnderTest } from '../../test/kit/api-under-test.js';
import { commissioning } from '../../test/kit/epcis-documents.js';
import { startRest } from './rest-under-test.fixture.js';

const STORED = [
  'epcis_event',
  'event_item',
  'event_biz_tx',
  'event_source_dest',
  'event_correction',
  'anchor_queue',
  'edge_queue',
  'master_data',
  'capture_document',
  'capture_document_piece',
] as const;
const BOMB_BYTES = 20 * 1024 * 1024;
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

const [good = '', next = ''] = (
  commissioning(500, 2) as { epcisBody: { eventList: object[] } }
).epcisBody.eventList.map((event) => JSON.stringify(event));
const context =
  '["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"example":"https://ns.example.com/"}]';

/** A document whose first event is good. */
function around(second: string, { named = context, more = '' } = {}): string {
  return `{"@context":${named},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-06T00:00:00Z"${more},
    "epcisBody":{"eventList":[${good},${second}]}}`;
}

const withField = (field: string): string => around(next.replace(/}$/, `,${field}}`));
const manyPlaces = Array.from({ length: 10_001 }, (_, index) => ({ id: `urn:a:${index}` }));
const header = JSON.stringify({
  epcisMasterData: { vocabularyList: [{ type: 'urn:a:type', vocabularyElementList: manyPlaces }] },
});

/** What is wrong, the document, and the rule that refuses it. */
const HOSTILE: readonly (readonly [string, string | Uint8Array, string])[] = [
  ['40 levels', withField(`"example:a":${'['.repeat(40)}${']'.repeat(40)}`), 'depth'],
  ['100,000 levels', withField(`"example:a":${'['.repeat(100_000)}${']'.repeat(100_000)}`), 'depth'],
  ['a key twice in an event', withField('"action":"DELETE"'), 'duplicate-key'],
  ['a key twice, once escaped', withField('"\\u0061ction":"DELETE"'), 'duplicate-key'],
  ['a key twice around the events', around(next, { more: ',"schemaVersion":"1.2"' }), 'duplicate-key'],
  ['__proto__', withField('"__proto__":{"isAdmin":true}'), 'forbidden-key'],
  ['constructor, escaped', withField('"example:a":{"constructo\\u0072":{"prototype":1}}'), 'forbidden-key'],
  ['NUL in a text', withField('"example:a":"\\u0000"'), 'text'],
  ['half a surrogate pair', withField('"example:a":"\\ud800"'), 'text'],
  ['a number without end', withField('"example:a":1e999'), 'text'],
  ['a text of 200,000 signs', withField(`"example:a":"${'x'.repeat(200_000)}"`), 'text-length'],
  ['UTF-16', new Uint8Array(Buffer.from(`\ufeff${around(next)}`, 'utf16le')), 'encoding'],
  ['Latin-1', new Uint8Array(Buffer.from(withField('"example:a":"é"'), 'latin1')), 'encoding'],
  [
    'a context of the own network',
    around(next, { named: '["http://169.254.169.254/latest"]' }),
    'context-address',
  ],
  ['a context on the disk', around(next, { named: '["file:///etc/passwd"]' }), 'context-address'],
  [
    'a context imported from inside',
    around(next, { named: '[{"@import":"https://localhost/a"}]' }),
    'context-address',
  ],
  ['101 contexts', around(next, { named: `[${Array(101).fill('{}').join(',')}]` }), 'context-count'],
  ['half a document', around(next).slice(0, -40), 'json'],
  ['10,001 elements of master data', around(next, { more: `,"epcisHeader":${header}` }), 'master-data'],
];

describe('hostile documents', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    ({ api } = await startRest());
  }, 90_000);
  afterAll(() => api?.stop());

  const rows = async (): Promise<string> => {
    const counts = STORED.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
    return JSON.stringify(await api.dataSource.query(`SELECT ${counts.join(', ')}`));
  };
  interface Refusal {
    readonly status: number;
    readonly type: string | undefined;
    readonly errors: readonly Record<string, unknown>[];
  }
  /** What was wrong is told at once where no event is at fault, else by the job. */
  const send = async (
    body: Uint8Array | ReadableStream<Uint8Array>,
    headers: Record<string, string> = {},
  ): Promise<Refusal> => {
    const response = await fetch(`${api.url}/epcis/v2/capture`, {
      method: 'POST',
      headers: {
        'x-api-key': API_KEY,
        'content-type': 'application/ld+json',
        'gs1-capture-error-behaviour': 'proceed',
        ...headers,
      },
      body,
      duplex: 'half',
    } as RequestInit);
    const told = response.status === 202 ? await fetch(api.url + response.headers.get('location')) : response;
    const { type, errors = [], success } = (await told.json()) as Partial<Refusal> & { success?: boolean };
    expect(success ?? false).toBe(false);
    return { status: response.status, type, errors };
  };
  const bytesOf = (document: string | Uint8Array): Uint8Array =>
    typeof document === 'string' ? Buffer.from(document) : document;

  it.each(HOSTILE)('%s: refused with a reason, and nothing is stored', async (_, document, rule) => {
    const before = await rows();
    const { status, errors } = await send(bytesOf(document));
    expect([400, 202]).toContain(status);
    expect(errors[0]).toMatchObject({
      rule,
      pointer: expect.any(String),
      found: expect.any(String),
      expected: expect.stringMatching(/\w/),
    });
    expect(await rows()).toBe(before);
  });

  it.each(HOSTILE)('%s: refused as well while it arrives', async (_, document, rule) => {
    const before = await rows();
    const { errors } = await send(new Blob([bytesOf(document)]).stream());
    expect(errors[0]?.['rule']).toBe(rule);
    expect(await rows()).toBe(before);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', (bytes: Buffer) => brotliCompressSync(bytes, QUICK)],
  ])('a bomb packed by %s is not unpacked beyond its bound', async (encoding, pack) => {
    const before = await rows();
    const { status, type } = await send(pack(Buffer.alloc(BOMB_BYTES, ' ')), {
      'content-encoding': encoding,
    });
    expect([status, type]).toEqual([413, 'epcisException:CaptureLimitExceededException']);
    expect(await rows()).toBe(before);
  });

  it('what is packed is not what it says, or in a way that is unknown', async () => {
    expect((await send(Buffer.from(around(next)), { 'content-encoding': 'gzip' })).status).toBe(400);
    expect((await send(Buffer.from(around(next)), { 'content-encoding': 'compress' })).status).toBe(415);
  });
});
