/**
 * Carries messages from a source that pushes to a reader that pulls, and forgets the oldest when the reader is slow:
 * a client that stops reading costs at most `limit` messages of memory. Made for one reader.
 */
export class BoundedQueue<Message> implements AsyncIterableIterator<Message> {
  private readonly waiting: Message[] = [];
  private reader: ((result: IteratorResult<Message>) => void) | undefined;
  private ended = false;

  public constructor(
    private readonly limit: number,
    private readonly onEnd: () => void,
  ) {}

  public push(message: Message): void {
    if (this.ended) return;
    if (this.reader) {
      this.reader({ done: false, value: message });
      this.reader = undefined;
      return;
    }
    this.waiting.push(message);
    if (this.waiting.length > this.limit) this.waiting.shift();
  }

  /** Ends the stream; what waits is dropped. */
  public end(): void {
    if (this.ended) return;
    this.ended = true;
    this.waiting.length = 0;
    this.reader?.({ done: true, value: undefined });
    this.reader = undefined;
    this.onEnd();
  }

  public next(): Promise<IteratorResult<Message>> {
    const message = this.waiting.shift();
    if (message !== undefined) return Promise.resolve({ done: false, value: message });
    if (this.ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => (this.reader = resolve));
  }

  public return(): Promise<IteratorResult<Message>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  public [Symbol.asyncIterator](): this {
    return this;
  }
}
