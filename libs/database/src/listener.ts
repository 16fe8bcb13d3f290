import pg from 'pg';
import { Subject, type Observable } from 'rxjs';
import type { Channel, Channels } from './channels.js';

const RECONNECT_DELAY_MS = 1_000;

/** One message, or word that some may have been missed while the connection was away. */
export type Notice<Name extends Channel> = Channels[Name] | 'RECONNECTED';

/** Listens on a connection of its own and comes back when the database does. */
export class Listener {
  private readonly subjects = new Map<Channel, Subject<Notice<Channel>>>();
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  public constructor(private readonly databaseUrl: string) {}

  /** Messages of one channel; subscribe before {@link start} or after, both work. */
  public on<Name extends Channel>(channel: Name): Observable<Notice<Name>> {
    let subject = this.subjects.get(channel);
    if (!subject) {
      subject = new Subject();
      this.subjects.set(channel, subject);
      void this.client?.query(`LISTEN ${channel}`).catch(() => undefined);
    }
    return subject.asObservable() as Observable<Notice<Name>>;
  }

  /** Connects. Errors of the first connection are thrown; later ones lead to reconnection. */
  public async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    client.on('error', () => this.reconnect(client));
    client.on('end', () => this.reconnect(client));
    client.on('notification', (message) => this.receive(message));
    await client.connect();
    this.client = client;
    for (const channel of this.subjects.keys()) await client.query(`LISTEN ${channel}`);
  }

  public async stop(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
    for (const subject of this.subjects.values()) subject.complete();
  }

  private receive(message: pg.Notification): void {
    this.subjects.get(message.channel as Channel)?.next(parsed(message.payload) as Notice<Channel>);
  }

  private reconnect(lost: pg.Client): void {
    if (this.closed || (this.client !== lost && this.client !== undefined) || this.timer) return;
    this.client = undefined;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.start().then(
        () => this.subjects.forEach((subject) => subject.next('RECONNECTED')),
        () => this.reconnect(lost),
      );
    }, RECONNECT_DELAY_MS);
  }
}

/** Anybody who may connect to the database may send anything: what is no JSON only says that something happened. */
function parsed(payload: string | undefined): unknown {
  try {
    return JSON.parse(payload ?? '');
  } catch {
    return 'RECONNECTED';
  }
}
