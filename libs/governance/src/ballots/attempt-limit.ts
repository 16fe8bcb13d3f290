const HOUR_MS = 3_600_000;
const MOST_CLIENTS = 10_000;

/**
 * Counts what each network address tries in an hour. It is held in memory and written nowhere; of very many addresses
 * the one that began longest ago is forgotten.
 */
export class AttemptLimit {
  private readonly windows = new Map<string, { readonly beganMs: number; count: number }>();

  /** @param mostAnHour attempts of one address */
  public constructor(private readonly mostAnHour: number) {}

  /**
   * Notes an attempt.
   *
   * @returns seconds until the next one is taken; 0 when this one is
   */
  public attempt(client: string, nowMs: number): number {
    const key = networkOf(client);
    let window = this.windows.get(key);
    if (!window || nowMs - window.beganMs >= HOUR_MS) {
      this.windows.delete(key);
      if (this.windows.size >= MOST_CLIENTS) this.windows.delete(this.windows.keys().next().value!);
      window = { beganMs: nowMs, count: 0 };
      this.windows.set(key, window);
    }
    if (window.count >= this.mostAnHour) return Math.ceil((window.beganMs + HOUR_MS - nowMs) / 1_000);
    window.count += 1;
    return 0;
  }
}

/** Whoever has one IPv6 address has the 2^64 of its network. */
function networkOf(client: string): string {
  const address = client.replace(/^::ffff:(?=\d+\.)/, '').toLowerCase();
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const end = tail ? tail.split(':') : [];
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - end.length)).fill('0');
  return [...groups, ...zeros, ...end].slice(0, 4).join(':');
}
