import type { EpcisEvent } from '@tallyhouse/epcis';
import { isClass } from '../src/trace/edge.js';

/** What forward traces should find, worked out by playing the events in order and never looking at edges. */
export interface Taint {
  /** Items that the goods are, or are part of. */
  readonly items: ReadonlySet<string>;
  /** Containers that held some of those at some time. */
  readonly holders: ReadonlySet<string>;
}

/** Plays events in order of time and passes the taint of the starts on: by containment at the moment, and by making. */
export function taintOf(starts: readonly string[], events: readonly EpcisEvent[]): Taint {
  const play = new Play(starts);
  for (const event of events) play.next(event);
  return { items: play.items, holders: play.holders };
}

class Play {
  public readonly items: Set<string>;
  public readonly holders = new Set<string>();
  /** child → its containers, with the amounts added one by one; a serial has one container at most. */
  private readonly inside = new Map<string, Map<string, number[]>>();

  public constructor(starts: readonly string[]) {
    this.items = new Set(starts);
  }

  public next(event: EpcisEvent): void {
    if (event.type === 'AggregationEvent') this.pack(event);
    if (event.type === 'TransformationEvent') this.make(event);
    this.spread();
  }

  private pack({ parentID = '', action, childEPCs = [], childQuantityList = [] }: EpcisEvent): void {
    const children = [
      ...childEPCs.map((uri) => ({ uri, quantity: undefined })),
      ...childQuantityList.map(({ epcClass, quantity }) => ({ uri: epcClass, quantity })),
    ].filter(({ uri }) => uri !== parentID);
    if (children.length === 0 && action === 'DELETE')
      for (const parents of this.inside.values()) parents.delete(parentID);
    for (const { uri, quantity } of children) {
      const parents = this.inside.get(uri) ?? new Map<string, number[]>();
      this.inside.set(uri, parents);
      if (action === 'DELETE') takeOut(parents, parentID, quantity ?? Infinity);
      else putIn(parents, uri, parentID, quantity ?? 0);
    }
  }

  private make({
    inputEPCList = [],
    inputQuantityList = [],
    outputEPCList = [],
    outputQuantityList = [],
  }: EpcisEvent): void {
    const inputs = [...inputEPCList, ...inputQuantityList.map(({ epcClass }) => epcClass)];
    const tainted = inputs.some((uri) => this.items.has(uri) || this.holdsTaint(uri));
    if (!tainted) return;
    for (const uri of outputEPCList) this.items.add(uri);
    for (const { epcClass } of outputQuantityList) this.items.add(epcClass);
  }

  /** What is inside something tainted is tainted, and what is around it holds it. */
  private spread(): void {
    for (let more = true; more;) {
      more = false;
      for (const [child, parents] of this.inside) {
        for (const parent of parents.keys()) {
          if (this.items.has(parent) && !this.items.has(child)) more = Boolean(this.items.add(child));
        }
      }
    }
    for (const parent of new Set([...this.inside.values()].flatMap((parents) => [...parents.keys()])))
      if (this.holdsTaint(parent)) this.holders.add(parent);
  }

  private holdsTaint(container: string, seen = new Set<string>()): boolean {
    if (seen.has(container)) return false;
    seen.add(container);
    return [...this.inside].some(
      ([child, parents]) => parents.has(container) && (this.items.has(child) || this.holdsTaint(child, seen)),
    );
  }
}

function putIn(parents: Map<string, number[]>, uri: string, parent: string, quantity: number): void {
  if (!isClass(uri)) for (const other of [...parents.keys()]) if (other !== parent) parents.delete(other);
  parents.set(parent, [...(parents.get(parent) ?? []), quantity]);
}

/** What is taken out is any amount that is not larger: which one it was cannot be told, so larger ones stay. */
function takeOut(parents: Map<string, number[]>, parent: string, quantity: number): void {
  const left = (parents.get(parent) ?? []).filter((added) => added > quantity);
  if (left.length > 0) parents.set(parent, left);
  else parents.delete(parent);
}
