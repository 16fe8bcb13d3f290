import { once } from 'node:events';
import type { Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { API_KEY, type ApiUnderTest } from '../kit/api-under-test.js';
import { commissioning, packing, piece } from '../kit/epcis-documents.js';
import { liveClient } from '../kit/live.js';
import { until } from '../kit/until.js';
import { capture } from '../kit/world.js';
import { headersOf, ROLES, type Role } from './cast.js';
import type { SecretIds } from './decisions.js';
import { notify } from '@tallyhouse/database';

/** A decision for every subscription: public, or how it is asked for what a partner sent. */
export const SUBSCRIPTION_DECISIONS: Readonly<Record<string, 'PUBLIC' | { readonly selection: string }>> = {
  eventCaptured: { selection: '{ jobId count events { id body items { uri } } }' },
  findingRaised: { selection: '{ id explanation evidence { id } }' },
  modelActivated: 'PUBLIC',
  proposalChanged: 'PUBLIC',
  voteCast: 'PUBLIC',
};

/** Pieces of which something is captured while everybody listens. */
export const TOLD = { granted: piece(1), hidden: piece(61), open: piece(71) } as const;
const LAST_OPEN = piece(72);
/** A query that everybody sees, and one of the partner whose rows are private. */
const OPEN_QUERY = 'everybodys';
const HIDDEN_QUERY = 'zzjuniper';

/** What somebody is told over sockets. */
export interface Heard {
  /** By subscriptions of GraphQL, as text. */
  readonly graphql: string[];
  /** By a query of EPCIS that everybody sees, as text. */
  readonly query: string[];
  /** How the server answers who wants to hear of a query that is not shown to everybody. */
  readonly hiddenQuery: number;
}

/**
 * Lets everybody listen while one partner, whose rows are private, captures an event of a piece that was granted and one of
 * another piece, and a finding is raised; and says what each was told, up to the capture of a partner that shows everything.
 */
export async function listenAll(api: ApiUnderTest, ids: SecretIds): Promise<ReadonlyMap<Role, Heard>> {
  const open = headersOf('other');
  await openUp(api, open);
  const ears = new Map<Role, Ear>();
  for (const role of ROLES) ears.set(role, await Ear.of(api, role));
  const all = [...ears.values()];
  await until(async () => {
    await capture(api, commissioning(71, 1), open);
    return all.every((ear) => ear.hasHeard(TOLD.open));
  }, 120_000);
  await capture(api, packing('DELETE', [1], '2026-01-07T08:00:00.000Z'), { 'x-api-key': API_KEY });
  await capture(api, commissioning(61, 1), { 'x-api-key': API_KEY });
  await notify(api.dataSource, 'tallyhouse_finding', { findingId: ids.finding, rule: 'R3' });
  await capture(api, commissioning(72, 1), open);
  await until(() => all.every((ear) => ear.hasHeard(LAST_OPEN)), 60_000);
  for (const ear of all) ear.close();
  return ears;
}

/** One partner shows everything, so that there is something to hear for everybody. */
async function openUp(api: ApiUnderTest, open: Record<string, string>): Promise<void> {
  await api.post('mutation { setSharing(sharing: OPEN) { sharing } }', {}, open);
  const query = { name: OPEN_QUERY, query: { EQ_bizStep: ['commissioning', 'unpacking'] } };
  const { status } = await fetch(`${api.url}/epcis/v2/queries`, {
    method: 'POST',
    headers: { ...open, 'content-type': 'application/json' },
    body: JSON.stringify(query),
  });
  if (status !== 201) throw new Error(`the query was answered with ${status}`);
}

class Ear implements Heard {
  public readonly graphql: string[] = [];
  public readonly query: string[] = [];
  public hiddenQuery = 0;

  private constructor(
    private readonly client: Client,
    private readonly socket: WebSocket,
  ) {
    for (const [field, decision] of Object.entries(SUBSCRIPTION_DECISIONS)) {
      if (decision === 'PUBLIC') continue;
      client.subscribe(
        { query: `subscription { ${field} ${decision.selection} }` },
        {
          next: (message) => this.graphql.push(JSON.stringify(message)),
          error: (error) => this.graphql.push(JSON.stringify(error)),
          complete: () => undefined,
        },
      );
    }
    socket.on('message', (message: Buffer) => this.query.push(message.toString()));
  }

  public static async of(api: ApiUnderTest, role: Role): Promise<Ear> {
    const socket = querySocket(api, role, OPEN_QUERY);
    const ear = new Ear(liveClient(api, headersOf(role)), socket);
    await once(socket, 'open');
    ear.hiddenQuery = await answerTo(querySocket(api, role, HIDDEN_QUERY));
    return ear;
  }

  public hasHeard(uri: string): boolean {
    return [this.graphql, this.query].every((told) => told.some((text) => text.includes(`${uri}"`)));
  }

  public close(): void {
    void this.client.dispose();
    this.socket.terminate();
  }
}

function querySocket(api: ApiUnderTest, role: Role, name: string): WebSocket {
  const address = `ws://127.0.0.1:${api.port}/epcis/v2/queries/${name}/events?stream=true`;
  return new WebSocket(address, { headers: headersOf(role) });
}

/** The status of the answer to an upgrade. */
function answerTo(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => {
    socket.once('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.once('unexpected-response', (_request, response) => {
      socket.terminate();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => undefined);
  });
}
