import type { Hex } from '@tallyhouse/proofs';
import { isFileFault, ModelRegistryError } from '../model-registry.errors.js';
import { hashToStore, type ArtifactStore, type KeptFile } from './artifact-store.js';
import type { NamedStore } from './open-stores.js';

/** Something that one of several stores did not do, though the whole may have succeeded. */
export interface StoreProblem {
  readonly store: string;
  readonly sha256: Hex;
  readonly code: string;
  readonly problem: string;
}

/**
 * Several stores as one. What is written goes to all of them, and has succeeded when so many have it. What is read comes
 * from the first that has it unaltered; those before it that lacked it or had it altered get it again.
 */
export class ReplicatedStore implements ArtifactStore {
  /** @param quorum how many stores have to have what is written, 1 to all */
  public constructor(
    private readonly stores: readonly NamedStore[],
    private readonly quorum: number,
    private readonly onProblem: (problem: StoreProblem) => void = () => undefined,
  ) {
    if (stores.length === 0 || quorum < 1 || quorum > stores.length)
      throw new RangeError(`quorum: 1 to ${stores.length}, not ${quorum}`);
  }

  public async put(bytes: Uint8Array): Promise<Hex> {
    const sha256 = hashToStore(bytes);
    const outcomes = await Promise.all(this.stores.map((each) => this.putInto(each, sha256, bytes)));
    const problems = outcomes.filter((outcome) => outcome !== undefined);
    if (this.stores.length - problems.length >= this.quorum) return sha256;
    const said = problems.map(({ problem }) => problem).join('; ');
    throw new ModelRegistryError(
      'QUORUM_MISSED',
      `artifact ${sha256}: ${this.stores.length - problems.length} of ${this.stores.length} stores have it, ` +
        `${this.quorum} are needed (${said}); put it again, or run ./tallyhouse artifacts repair`,
    );
  }

  public async get(sha256: Hex): Promise<Uint8Array> {
    const lacking: NamedStore[] = [];
    let first: unknown;
    for (const each of this.stores) {
      try {
        const bytes = await each.store.get(sha256);
        await Promise.all(lacking.map((other) => this.putInto(other, sha256, bytes)));
        return bytes;
      } catch (error) {
        this.told(each, sha256, error);
        if (isFileFault(error)) lacking.push(each);
        first = weightier(first, error);
      }
    }
    throw first;
  }

  public async has(sha256: Hex): Promise<boolean> {
    for (const each of this.stores) {
      const found = await each.store.has(sha256).catch((error: unknown) => {
        this.told(each, sha256, error);
        return false;
      });
      if (found) return true;
    }
    return false;
  }

  public async open(sha256: Hex): Promise<KeptFile | null> {
    let failure: unknown;
    for (const each of this.stores) {
      try {
        const kept = await each.store.open(sha256);
        if (kept) return kept;
      } catch (error) {
        this.told(each, sha256, error);
        failure = error;
      }
    }
    if (failure !== undefined) throw failure;
    return null;
  }

  public async *list(): AsyncGenerator<Hex> {
    const seen = new Set<Hex>();
    for (const { store } of this.stores)
      for await (const sha256 of store.list()) {
        if (seen.has(sha256)) continue;
        seen.add(sha256);
        yield sha256;
      }
  }

  private async putInto(each: NamedStore, sha256: Hex, bytes: Uint8Array): Promise<StoreProblem | undefined> {
    try {
      await each.store.put(bytes);
      return undefined;
    } catch (error) {
      return this.told(each, sha256, error);
    }
  }

  private told({ name }: NamedStore, sha256: Hex, error: unknown): StoreProblem {
    const { code, message } = error as { code?: string; message?: string };
    const problem = { store: name, sha256, code: code ?? 'UNKNOWN', problem: message ?? 'it failed' };
    this.onProblem(problem);
    return problem;
  }
}

/** What to tell when no store had it: that it was altered, before that a store was away, before that it was missing. */
function weightier(known: unknown, next: unknown): unknown {
  const weight = (error: unknown): number => {
    if (error === undefined) return 0;
    const { code } = error as { code?: unknown };
    return code === 'ARTIFACT_ALTERED' ? 3 : code === 'ARTIFACT_MISSING' ? 1 : 2;
  };
  return weight(next) > weight(known) ? next : known;
}
