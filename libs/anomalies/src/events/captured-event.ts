/** What is told of an event by the tables: all that its features are made of. */
export interface CapturedEvent {
  readonly id: string;
  readonly partner: string;
  /** As EPCIS names it, such as `shipping`; '' where none is told. */
  readonly bizStep: string;
  readonly timeMs: number;
  readonly recordedMs: number;
  /** Minutes east of UTC at the place of the event. */
  readonly offsetMinutes: number;
  /** URI of the read point, or else of the business location. */
  readonly place: string | null;
  /** URI of the first destination, or else of the first source. */
  readonly party: string | null;
  /** Items and lots that are named. */
  readonly items: number;
  /** Sum of the quantities of lots and classes. */
  readonly quantity: number | null;
  /** What the sender said before of the item that is named first; null where nothing. */
  readonly before: {
    readonly timeMs: number;
    readonly bizStep: string;
    /** Between the two places, where the sender told of both where they are. */
    readonly kilometres: number | null;
  } | null;
}
