import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { readsPartnerData } from '@tallyhouse/database';
import { accessRules, everyRule } from '../../../migrations/access-rules.js';
import { CAST, gather, headersOf, ROLES, viewerOf, type Role } from './isolation/cast.js';
import { DECISIONS, type Guarded, type SecretIds } from './isolation/decisions.js';
import { listenAll, SUBSCRIPTION_DECISIONS, TOLD, type Heard } from './isolation/ears.js';
import { notedOf, NOTED_ROLES } from './isolation/notes.js';
import { isPublic, RawSql } from './isolation/raw-sql.js';
import { restPathsOf, REST_DECISIONS } from './isolation/rest-decisions.js';
import { addSecrets } from './isolation/secrets.js';
import { wholeQuery } from './isolation/whole-query.js';
import { startApi, type ApiUnderTest } from './kit/api-under-test.js';
import { populate } from './kit/world.js';

/** See nothing, whatever they ask; who was granted fields alone sees nothing but these, where they are. */
const SEE_NOTHING: readonly Role[] = ['other', 'removed', 'late', 'rejected', 'insurer', 'stranger'];
const SEE_AN_ITEM: readonly Role[] = ['buyer', 'auditor'];
const SEE_ALL: readonly Role[] = ['owner', 'parent'];

/** Of the owner alone, whomever it shows everything. */
const OWN_TABLES = ['webhook_endpoint', 'query_subscription', 'partner_sharing', 'data_read', 'data_grant'];
/** What the events of one piece bring along. */
const ITEM_TABLES = [
  ...[
    'epcis_event',
    'event_item',
    'event_biz_tx',
    'event_source_dest',
    'edge',
    'event_correction',
    'logistic_unit',
  ],
  ...[
    'capture_job',
    'capture_error',
    'capture_prefix',
    'capture_job_profile',
    'anchor_batch',
    'anchor_leaf',
    'anchor_queue',
  ],
  ...['finding_member', 'data_grant'],
];

type Answers = ReadonlyMap<string, string>;

const guarded = Object.entries(DECISIONS).filter(
  (entry): entry is [string, Guarded] => typeof entry[1] !== 'string',
);

describe('partners whose rows are private', () => {
  let api: ApiUnderTest;
  let sql: RawSql;
  let ids: SecretIds;
  const graphql = new Map<Role, Answers>();
  const rest = new Map<Role, Answers>();
  const counts = new Map<Role, Map<string, number>>();
  const noted = new Map<Role, readonly string[]>();
  let heard: ReadonlyMap<Role, Heard>;
  let nothing: { readonly graphql: Answers; readonly rest: Answers };

  beforeAll(async () => {
    api = await startApi({
      PARTNER_DATA: 'private',
      RATE_LIMIT_ADDRESS: '0',
      RATE_LIMIT_KEY: '0',
      RPC_URLS: 'http://127.0.0.1:9',
    });
    sql = new RawSql(api.databaseUrl);
    const world = await populate(api);
    ids = await addSecrets(api.dataSource, world.jobId);
    await gather(api, world.chain);
    for (const role of ROLES) {
      graphql.set(role, await askGraphql(role));
      rest.set(role, await askRest(role));
      counts.set(role, await sql.counts(viewerOf(role), 'private'));
    }
    counts.set('owner', await sql.counts(viewerOf('owner'), 'private'));
    for (const role of NOTED_ROLES) noted.set(role, await notedOf(api.dataSource, role));
    heard = await listenAll(api, ids);
    await api.dataSource.query(`TRUNCATE ${Object.keys(accessRules).join(', ')} CASCADE`);
    nothing = { graphql: await askGraphql('stranger'), rest: await askRest('stranger') };
  }, 480_000);
  afterAll(() => api?.stop(), 60_000);

  async function askGraphql(role: Role): Promise<Answers> {
    const { schema } = api.app.get(GraphQLSchemaHost);
    const asked = guarded.map(async ([name, { args, without }]): Promise<[string, string]> => {
      const query = wholeQuery(schema, name, args(ids), without);
      const { data, errors } = await api.post(query, {}, headersOf(role));
      return [name, timeless({ data, errors: errors.map(({ message }) => message) })];
    });
    return new Map(await Promise.all(asked));
  }

  async function askRest(role: Role): Promise<Answers> {
    const answers = new Map<string, string>();
    for (const [path, decision] of Object.entries(REST_DECISIONS)) {
      if (typeof decision === 'string') continue;
      const response = await fetch(`${api.url}${decision.path(ids)}`, { headers: headersOf(role) });
      answers.set(path, timeless([response.status, await response.text()]));
    }
    return answers;
  }

  /** Answers of a role that tell more than if nothing had ever been sent. */
  const telling = (answers: Answers, without: Answers): string[] =>
    [...answers].filter(([name, answer]) => answer !== without.get(name)).map(([name]) => name);

  it('every query of the schema has a decision', () => {
    const { schema } = api.app.get(GraphQLSchemaHost);
    expect(Object.keys(DECISIONS).sort()).toEqual(Object.keys(schema.getQueryType()!.getFields()).sort());
  });

  it('every address of REST that reads has a decision', () => {
    expect(Object.keys(REST_DECISIONS).sort()).toEqual(restPathsOf(api.app));
  });

  it.each(SEE_NOTHING)('%s gets by GraphQL and REST what there would be if nothing had been sent', (role) => {
    expect(telling(graphql.get(role)!, nothing.graphql)).toEqual([]);
    expect(telling(rest.get(role)!, nothing.rest).map((name) => [name, rest.get(role)!.get(name)])).toEqual(
      [],
    );
  });

  it.each(SEE_ALL)('%s gets an answer to each', (role) => {
    expect(telling(graphql.get(role)!, nothing.graphql)).toEqual(
      guarded.filter(([, { isQuiet }]) => !isQuiet).map(([name]) => name),
    );
  });

  it.each([...SEE_ALL, ...SEE_AN_ITEM])('%s meets no failure', (role) => {
    // Bundles need a node, which is not there.
    const failed = [...graphql.get(role)!].filter(([, answer]) => answer.includes('failed on our side'));
    expect(failed.map(([name]) => name)).toEqual(['proofBundle']);
  });

  it.each(SEE_AN_ITEM)('%s gets what was granted and nothing else', (role) => {
    const granted = guarded.filter(([, { grantedByItem }]) => grantedByItem).map(([name]) => name);
    expect(telling(graphql.get(role)!, nothing.graphql)).toEqual(granted);
    expect(graphql.get(role)!.get('events')).not.toContain(ids.otherEvent);
    expect(graphql.get(role)!.get('epcisExport')).not.toMatch(/\/21\/3"/);
  });

  it('each query and each address by which somebody was told something by a grant is noted for the owner', () => {
    const withAnswer = (role: Role): string[] => [
      ...telling(graphql.get(role)!, nothing.graphql).map((name) => `graphql ${name}`),
      ...telling(rest.get(role)!, nothing.rest)
        .map((path) => REST_DECISIONS[path])
        .flatMap((decision) =>
          typeof decision === 'object' ? [`GET ${decision.path(ids).split('?')[0]}`] : [],
        ),
    ];
    const unnoted = NOTED_ROLES.map((role) => [
      role,
      withAnswer(role).filter((operation) => !noted.get(role)!.includes(operation)),
    ]);
    expect(unnoted).toEqual(NOTED_ROLES.map((role) => [role, []]));
  });

  it('every subscription has a decision', () => {
    const { schema } = api.app.get(GraphQLSchemaHost);
    expect(Object.keys(SUBSCRIPTION_DECISIONS).sort()).toEqual(
      Object.keys(schema.getSubscriptionType()!.getFields()).sort(),
    );
  });

  /** What of the two captures of private rows somebody was told, by the one socket and the other. */
  const toldOf = (role: Role): object => {
    const { graphql: live, query, hiddenQuery } = heard.get(role)!;
    const tells = (texts: readonly string[], word: string): boolean =>
      texts.some((text) => text.includes(word));
    return {
      granted: [tells(live, `${TOLD.granted}"`), tells(query, `${TOLD.granted}"`)],
      hidden: [tells(live, `${TOLD.hidden}"`), tells(query, `${TOLD.hidden}"`)],
      finding: tells(live, ids.finding),
      hiddenQuery,
    };
  };

  it.each(SEE_NOTHING.filter((role) => role !== 'other'))(
    '%s is told by sockets of open rows alone',
    (role) => {
      expect(toldOf(role)).toEqual({
        ...{ granted: [false, false], hidden: [false, false], finding: false, hiddenQuery: 404 },
      });
      expect(JSON.stringify(heard.get(role))).not.toMatch(/zzjuniper/i);
    },
  );

  it('a competitor is told by sockets of its own rows and of no others', () => {
    expect(toldOf('other')).toEqual({
      ...{ granted: [false, false], hidden: [false, false], finding: false, hiddenQuery: 404 },
    });
  });

  it.each(SEE_AN_ITEM)('%s is told by sockets of the piece that was granted', (role) => {
    expect(toldOf(role)).toEqual({
      ...{ granted: [true, true], hidden: [false, false], finding: false, hiddenQuery: 404 },
    });
  });

  it.each(SEE_ALL)('%s is told of all by sockets', (role) => {
    expect(toldOf(role)).toEqual({
      ...{ granted: [true, true], hidden: [true, true], finding: true, hiddenQuery: 101 },
    });
  });

  it.each(['tallyhouse_reader', 'tallyhouse_writer'] as const)(
    '%s can read no table that nobody decided on, and no view that reads as somebody else',
    async (role) => {
      const readable = await sql.readable(role);
      const undecided = readable.filter(
        (relation) => !isPublic(relation) && !relation.isView && !relation.isGuarded,
      );
      expect(undecided).toEqual([]);
      const roundabout = readable.filter(
        ({ isView, isInvoker, name }) => isView && !isInvoker && name !== 'shared_event',
      );
      expect(roundabout).toEqual([]);
      const decided = readable
        .filter(({ isView, isGuarded }) => !isView && isGuarded)
        .map(({ name }) => name);
      expect(decided).toEqual(Object.keys(everyRule).sort());
    },
  );

  it('a view over what partners sent is noted as the tables below it are', async () => {
    const rows: { name: string }[] = await api.dataSource.query(
      `SELECT DISTINCT v.relname AS name FROM pg_class v JOIN pg_rewrite r ON r.ev_class = v.oid
         JOIN pg_depend d ON d.objid = r.oid AND d.classid = 'pg_rewrite'::regclass
         JOIN pg_class t ON t.oid = d.refobjid AND t.relrowsecurity
       WHERE v.relkind = 'v' AND has_table_privilege('tallyhouse_reader', v.oid, 'SELECT')`,
    );
    const names = rows.map(({ name }) => name);
    expect(names).toContain('event_declared_erroneous');
    expect(names.filter((name) => !readsPartnerData(`SELECT 1 FROM ${name}`))).toEqual([]);
  });

  it('neither of them may pass by policies, log in, or own anything', async () => {
    const rows: unknown[] = await api.dataSource.query(
      `SELECT rolname FROM pg_roles r WHERE rolname LIKE 'tallyhouse_%' AND (rolsuper OR rolbypassrls OR rolcanlogin
         OR rolcreaterole OR rolcreatedb OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid)
         OR EXISTS (SELECT FROM pg_proc p WHERE p.proowner = r.oid))`,
    );
    expect(rows).toEqual([]);
  });

  it('functions that run as their owner have a fixed search path', async () => {
    const rows: { name: string }[] = await api.dataSource.query(
      `SELECT proname AS name FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
         AND NOT EXISTS (SELECT FROM unnest(proconfig) c WHERE c LIKE 'search_path=pg_catalog, public%')`,
    );
    expect(rows).toEqual([]);
  });

  it('the owner sees a row of its own in every guarded table by SQL', () => {
    const empty = [...counts.get('owner')!].filter(([, count]) => count === 0).map(([table]) => table);
    // Words of all partners' texts; fields that were granted to others.
    expect(empty.sort()).toEqual(['shared_event', 'text_lexeme']);
  });

  it.each(['other', 'removed', 'late', 'rejected', 'stranger'] as const)('%s sees no row by SQL', (role) => {
    const seen = [...counts.get(role)!].filter(([, count]) => count > 0).map(([table]) => table);
    // That a grant was given is no secret to whom it was given.
    expect(seen).toEqual(role === 'late' || role === 'rejected' ? ['data_grant'] : []);
  });

  it("who was granted everything sees what the owner sees by SQL, but for what is the owner's business", () => {
    const [parent, owner] = [counts.get('parent')!, counts.get('owner')!];
    for (const [table, count] of owner) {
      if (OWN_TABLES.includes(table)) expect(parent.get(table)).toBe(table === 'data_grant' ? 1 : 0);
      else expect([table, parent.get(table)]).toEqual([table, count]);
    }
  });

  it.each(SEE_AN_ITEM)('%s sees rows of that item alone by SQL', (role) => {
    const [seen, all] = [counts.get(role)!, counts.get('owner')!];
    const tables = [...seen].filter(([, count]) => count > 0).map(([table]) => table);
    expect(tables.filter((table) => !ITEM_TABLES.includes(table))).toEqual([]);
    // The piece was commissioned, and packed with another.
    expect(seen.get('epcis_event')).toBe(2);
    expect(all.get('epcis_event')).toBe(11);
  });

  it('who was granted fields sees these and no event, by SQL too', () => {
    const seen = [...counts.get('insurer')!].filter(([, count]) => count > 0);
    expect(seen).toEqual([
      ['data_grant', 1],
      ['shared_event', 11],
    ]);
  });

  it('a connection that says nothing sees nothing', async () => {
    const seen = await sql.counts(viewerOf('stranger'), undefined);
    expect([...seen].filter(([, count]) => count > 0)).toEqual([]);
  });

  it('nobody reads keys and sessions, and readers write nothing', async () => {
    const viewer = viewerOf('owner');
    const refused = '42501';
    for (const table of [
      'partner_key',
      'session',
      'spent_refresh',
      'sign_in_nonce',
      'text_vector',
      'chain_transaction',
      'stage_failure',
    ])
      expect([table, await sql.try(viewer, `SELECT 1 FROM ${table}`, 'tallyhouse_writer')]).toEqual([
        table,
        refused,
      ]);
    expect(await sql.try(viewer, 'DELETE FROM named_query', 'tallyhouse_reader')).toBe(refused);
    expect(await sql.try(viewer, 'UPDATE data_read SET row_count = 0', 'tallyhouse_writer')).toBe(refused);
    expect(await sql.try(viewer, 'DELETE FROM data_read', 'tallyhouse_writer')).toBe(refused);
    expect(await sql.try(viewer, 'SELECT * FROM epcis_event_2026', 'tallyhouse_reader')).toBe(refused);
  });

  it('writers write for their own partner alone', async () => {
    const insert = `INSERT INTO partner_sharing (partner, sharing, set_at) VALUES ('${CAST.owner}', 'OPEN', now()) RETURNING partner`;
    expect(await sql.try(viewerOf('other'), insert, 'tallyhouse_writer')).toBe('42501');
    expect(await sql.try(viewerOf('owner'), insert, 'tallyhouse_writer')).toEqual([{ partner: CAST.owner }]);
  });
});

/** Times differ from one asking to the next. */
function timeless(value: unknown): string {
  return JSON.stringify(value).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, 'T');
}
