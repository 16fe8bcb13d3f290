const HOUR_MS = 3_600_000;
const MOST_CLIENTS = 10_000;

/**
 * Counts what each client tries in an hour. It is held in memory and written nowhere; of very many clients the one that
 * began longest ago is forgotten.
 */
export class AttemptLimit {
  private readonly windows = new Map<string, { readonly beganMs: number; count: number }>();

  /** @param mostAnHour attempts of one client */
  public constructor(private readonly mostAnHour: number) {}

  /**
   * Notes an attempt.
   *
   * @param client whoever is one to the caller; the api takes a network address, and a /64 of IPv6 for one
   * @returns seconds until the next one is taken; 0 when this one is
   */
  public attempt(client: string, nowMs: number): number {
    let window = this.windows.get(client);
    if (!window || nowMs - window.beganMs >= HOUR_MS) {
      this.windows.delete(client);
      if (this.windows.size >= MOST_CLIENTS) this.windows.delete(this.windows.keys().next().value!);
      window = { beganMs: nowMs, count: 0 };
      this.windows.set(client, window);
    }
    if (window.count >= this.mostAnHour) return Math.ceil((window.beganMs + HOUR_MS - nowMs) / 1_000);
    window.count += 1;
    return 0;
  }
}
