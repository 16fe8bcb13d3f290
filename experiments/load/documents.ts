import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { events, toDocument, type SimulatedEvent, type World } from '@tallyhouse/simulation';
import { graphql, http, type Failure } from './requests.js';

const EVENTS_A_DOCUMENT = 5;
const RETRY_MS = 500;
const CAPTURE =
  'mutation C($document: JSON!) { captureEvents(document: $document, errorBehaviour: PROCEED) { id state stored duplicate rejected } }';

interface Parcel {
  readonly apiKey: string;
  readonly document: object;
}

/** Documents of a simulated world, each with events that were not sent before, and what became of them. */
export class LoadDocuments {
  /** SHA-256 of every event that was ever sent: as many events as have to be there in the end. */
  private readonly sent = new Set<string>();
  private readonly waiting = new Map<number, SimulatedEvent['event'][]>();
  private readonly source: Generator<SimulatedEvent>;
  private readonly unanswered: Parcel[] = [];
  private again = 0;

  /** @param keyOf API key of a partner by its number */
  public constructor(
    private readonly world: World,
    private readonly keyOf: (partner: number) => string,
  ) {
    this.source = events(world);
  }

  /** How many different events were sent. */
  public get events(): number {
    return this.sent.size;
  }

  /** How many documents were sent once more, because nobody answered. */
  public get sentAgain(): number {
    return this.again;
  }

  public captureByGraphql(url: string): Promise<Failure> {
    return this.captured(this.next(), (parcel) => byGraphql(url, parcel));
  }

  public captureByRest(url: string): Promise<Failure> {
    return this.captured(this.next(), ({ apiKey, document }) => {
      const headers = {
        'content-type': 'application/json',
        'x-api-key': apiKey,
        'GS1-EPCIS-Version': '2.0.0',
      };
      return http(`${url}/epcis/v2/capture`, { method: 'POST', headers, body: JSON.stringify(document) });
    });
  }

  /** Sends what was never answered until each document is answered: what a sender does who must know. */
  public async sendUnanswered(url: string): Promise<void> {
    for (let parcel = this.unanswered.pop(); parcel; parcel = this.unanswered.pop()) {
      this.again++;
      while ((await byGraphql(url, parcel)) !== undefined) await sleep(RETRY_MS);
    }
  }

  private async captured(parcel: Parcel, send: (parcel: Parcel) => Promise<Failure>): Promise<Failure> {
    const failure = await send(parcel);
    if (failure !== undefined) this.unanswered.push(parcel);
    return failure;
  }

  private next(): Parcel {
    for (;;) {
      const { value } = this.source.next();
      if (!value) throw new RangeError('the simulated world has no more events: make it longer');
      const { partner, event } = value as SimulatedEvent;
      const list = [...(this.waiting.get(partner) ?? []), event];
      if (list.length < EVENTS_A_DOCUMENT) {
        this.waiting.set(partner, list);
        continue;
      }
      this.waiting.delete(partner);
      for (const each of list)
        this.sent.add(createHash('sha256').update(JSON.stringify(each)).digest('base64'));
      return {
        apiKey: this.keyOf(partner),
        document: toDocument(list, `${this.world.options.start}T00:00:00Z`),
      };
    }
  }
}

function byGraphql(url: string, { apiKey, document }: Parcel): Promise<Failure> {
  return graphql(url, CAPTURE, { document }, apiKey);
}
