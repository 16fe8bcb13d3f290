import { parseTime, type EpcisEvent } from '@tallyhouse/epcis';
import type { Fact } from './fact.js';
import type { Corrected, Declaration } from './rule.js';

/** The declaration that an event makes, if it makes one (EPCIS 2.0, section 7.4.1.4). */
export function declarationOf(fact: Fact, { errorDeclaration }: EpcisEvent): Declaration | undefined {
  if (!errorDeclaration) return undefined;
  return {
    fact,
    declaredAt: parseTime(errorDeclaration.declarationTime) ?? fact.recorded,
    reason: errorDeclaration.reason,
    correctives: errorDeclaration.correctiveEventIDs ?? [],
  };
}

/** Keeps declarations, and which events they make void, whichever of the two comes first. */
export class Corrections {
  private readonly declared = new Map<string, Declaration[]>();
  private readonly originals = new Map<string, Fact[]>();

  /** Notes a declaration. @returns identities whose corrections must be judged again */
  public declare(declaration: Declaration): string[] {
    const concerned = [declaration.fact.identity, ...declaration.correctives];
    for (const each of concerned) {
      const list = this.declared.get(each) ?? [];
      this.declared.set(each, list);
      list.push(declaration);
      list.sort((a, b) => a.declaredAt - b.declaredAt || a.fact.order - b.fact.order);
    }
    return concerned;
  }

  /** Whether an event is void: declared wrong, not merely named as the right one. */
  public isVoid(identity: string): boolean {
    return (this.declared.get(identity) ?? []).some(({ correctives }) => !correctives.includes(identity));
  }

  public concerns(identity: string): boolean {
    return this.declared.has(identity);
  }

  public addOriginal(identity: string, fact: Fact): void {
    const list = this.originals.get(identity) ?? [];
    this.originals.set(identity, list);
    if (!list.some(({ id }) => id === fact.id)) list.push(fact);
  }

  public of(identity: string): Corrected {
    return {
      identity,
      originals: this.originals.get(identity) ?? [],
      declarations: this.declared.get(identity) ?? [],
    };
  }
}
