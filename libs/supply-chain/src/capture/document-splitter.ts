import type { CaptureError } from '@tallyhouse/epcis';

/** What a streamed document may have at most; lengths in UTF-16 code units of JSON text. */
export interface StreamBounds {
  readonly maxBytes: number;
  readonly maxEvents: number;
  readonly maxEventLength: number;
  /** All of the document but its events. */
  readonly maxEnvelopeLength: number;
}

/** 1 GiB, 1,000,000 events of up to 4 Mi signs, and 1 Mi signs around them. */
export const defaultStreamBounds: StreamBounds = {
  maxBytes: 2 ** 30,
  maxEvents: 1_000_000,
  maxEventLength: 4 * 2 ** 20,
  maxEnvelopeLength: 2 ** 20,
};

/** A fault for which a document is refused as a whole. */
export class DocumentFault extends Error {
  public constructor(public readonly errors: readonly CaptureError[]) {
    super(errors[0]?.rule);
  }
}

/** The fault of a document as a whole. */
export function documentFault(rule: string, found: string, expected: string, pointer = ''): DocumentFault {
  return new DocumentFault([{ eventIndex: null, pointer, rule, found, expected }]);
}

const LIST = '/epcisBody/eventList';
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * Cuts the text of an EPCIS document into its events while it arrives, and keeps what stands around them. It looks at
 * strings, brackets and commas only; what it gives out must still be read as JSON. It holds one event at most.
 */
export class DocumentSplitter {
  /** The document without its events; whole once {@link end} was called. */
  public envelope = '';
  /** The envelope up to the list of events, closed; undefined until the list has begun. */
  public opening: string | undefined;

  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private readonly keys: (string | undefined)[] = [];
  private received = 0;
  private events = 0;
  private partial = '';
  private token = '';
  private depth = 0;
  private inList = false;
  private inString = false;
  private escaped = false;
  private awaits: 'event or end' | 'event' | 'comma or end' = 'event or end';

  public constructor(private readonly bounds: StreamBounds) {}

  /**
   * Takes bytes and gives the events that end in them, as JSON text.
   *
   * @throws DocumentFault when they cannot be those of a document within bounds
   */
  public *push(bytes: Uint8Array): Generator<string> {
    this.received += bytes.length;
    if (this.received > this.bounds.maxBytes) throw this.tooMuch('size', 'bytes', this.bounds.maxBytes);
    yield* this.scan(this.decoded(bytes, true));
  }

  /** @throws DocumentFault when the document cannot end here */
  public end(): void {
    this.decoded(new Uint8Array(), false);
    if (this.inList)
      throw documentFault('json', 'the end of the text', 'the end of the list of events', LIST);
  }

  private *scan(text: string): Generator<string> {
    let at = 0;
    while (at < text.length) at = this.inList ? yield* this.scanList(text, at) : this.scanEnvelope(text, at);
  }

  private decoded(bytes: Uint8Array, stream: boolean): string {
    try {
      return this.decoder.decode(bytes, { stream });
    } catch {
      throw documentFault('encoding', 'bytes that are not UTF-8', 'UTF-8');
    }
  }

  private *scanList(text: string, from: number): Generator<string, number> {
    let start = from;
    for (let at = from; at < text.length; at++) {
      const sign = text.charCodeAt(at);
      if (this.inString) this.insideString(sign);
      else if (this.depth > 0) {
        if (this.insideEvent(sign)) yield this.eventOf(text.slice(start, at + 1));
      } else if (sign === OPEN_OBJECT && this.awaits !== 'comma or end') {
        [start, this.depth] = [at, 1];
      } else if (sign === CLOSE_ARRAY && this.awaits !== 'event') {
        this.inList = false;
        return at;
      } else this.betweenEvents(sign, text.slice(at, at + 20));
    }
    if (this.depth > 0) this.keep(text.slice(start));
    return text.length;
  }

  /** @returns whether the event ends here */
  private insideEvent(sign: number): boolean {
    if (sign === QUOTE) this.inString = true;
    else if (sign === OPEN_OBJECT || sign === OPEN_ARRAY) this.depth += 1;
    else if (sign === CLOSE_OBJECT || sign === CLOSE_ARRAY) this.depth -= 1;
    return this.depth === 0;
  }

  private betweenEvents(sign: number, found: string): void {
    if (sign === COMMA && this.awaits === 'comma or end') this.awaits = 'event';
    else if (!isSpace(sign)) throw documentFault('event', found, 'an object whose type is text', LIST);
  }

  private insideString(sign: number): void {
    if (this.escaped) this.escaped = false;
    else if (sign === BACKSLASH) this.escaped = true;
    else if (sign === QUOTE) this.inString = false;
  }

  private eventOf(end: string): string {
    this.keep(end);
    const event = this.partial;
    this.partial = '';
    this.awaits = 'comma or end';
    this.events += 1;
    if (this.events > this.bounds.maxEvents)
      throw this.tooMuch('event-count', 'events', this.bounds.maxEvents);
    return event;
  }

  private keep(text: string): void {
    this.partial += text;
    if (this.partial.length > this.bounds.maxEventLength) {
      throw this.tooMuch('event-size', 'signs in one event', this.bounds.maxEventLength);
    }
  }

  private scanEnvelope(text: string, from: number): number {
    let at = from;
    for (; at < text.length && !this.inList; at++) this.envelopeSign(text.charCodeAt(at), text[at]!);
    this.envelope += text.slice(from, at);
    if (this.envelope.length > this.bounds.maxEnvelopeLength) {
      throw this.tooMuch('envelope-size', 'signs around the events', this.bounds.maxEnvelopeLength);
    }
    if (this.inList) this.opening = `${this.envelope}]}}`;
    return at;
  }

  private envelopeSign(sign: number, text: string): void {
    if (this.inString) {
      this.token += text;
      this.insideString(sign);
    } else if (sign === QUOTE) {
      [this.inString, this.token] = [true, '"'];
    } else if (sign === COLON && this.keys.length > 0) {
      this.keys[this.keys.length - 1] = this.token;
    } else if (sign === OPEN_ARRAY && this.opening === undefined && this.atList()) {
      this.inList = true;
    } else if (sign === OPEN_OBJECT || sign === OPEN_ARRAY) {
      this.keys.push(undefined);
    } else if (sign === CLOSE_OBJECT || (sign === CLOSE_ARRAY && !this.atList())) {
      this.keys.pop();
    }
  }

  private atList(): boolean {
    return this.keys.length === 2 && this.keys[0] === '"epcisBody"' && this.keys[1] === '"eventList"';
  }

  private tooMuch(rule: string, what: string, limit: number): DocumentFault {
    return documentFault(
      rule,
      `more than ${limit} ${what}`,
      `at most ${limit} ${what}; send several documents`,
    );
  }
}

function isSpace(sign: number): boolean {
  return sign === 32 || sign === 10 || sign === 13 || sign === 9;
}
