/** A production lot: all units of one product made in one plant on one day. */
export interface Lot {
  /** Index in `World.products`. */
  readonly product: number;
  /** The batch or lot number, application identifier 10. */
  readonly number: string;
  /** Digital Link of the lot. */
  readonly uri: string;
  /** Digital Link of the bulk lot it was packed from. */
  readonly bulkUri?: string;
  /** Day of production, days since 1970-01-01. */
  readonly madeOn: number;
}

/** Units of one lot. */
export interface Content {
  readonly lot: Lot;
  readonly quantity: number;
}

/** Stock of one product at one site, lots in the order of arrival; the oldest leaves first. */
export class Stock {
  private readonly queue: { lot: Lot; quantity: number }[] = [];
  private units = 0;

  get onHand(): number {
    return this.units;
  }

  add({ lot, quantity }: Content): void {
    this.units += quantity;
    const last = this.queue.at(-1);
    if (last?.lot === lot) last.quantity += quantity;
    else this.queue.push({ lot, quantity });
  }

  /** Takes up to `quantity` units out, oldest lots first; gives what there was. */
  take(quantity: number): Content[] {
    const taken: Content[] = [];
    let wanted = Math.min(quantity, this.units);
    this.units -= wanted;
    while (wanted > 0) {
      const first = this.queue[0] as { lot: Lot; quantity: number };
      const part = Math.min(first.quantity, wanted);
      taken.push({ lot: first.lot, quantity: part });
      first.quantity -= part;
      wanted -= part;
      if (first.quantity === 0) this.queue.shift();
    }
    return taken;
  }
}
