import { standardContext } from '../document/context.js';

const STANDARD = new Map([...standardContext.prefixes].map(([prefix, namespace]) => [namespace, prefix]));
const PREFIX = /^[A-Za-z][\w.-]*$/;

/**
 * Gives each XML namespace of a document one JSON-LD prefix: its own where it is free, one of the standard context where
 * that knows the namespace, else `ns1`, `ns2`, ….
 */
export class Namespaces {
  /** Namespace by prefix, for `@context`. */
  public readonly declared = new Map<string, string>();
  private readonly prefixes = new Map<string, string>();

  /** The key of a name in a namespace. */
  public keyOf(name: string, namespace: string, written: string): string {
    if (namespace === '') return name;
    let prefix = STANDARD.get(namespace) ?? this.prefixes.get(namespace);
    if (prefix === undefined) {
      prefix = this.isFree(written) ? written : this.invented();
      this.prefixes.set(namespace, prefix);
      this.declared.set(prefix, namespace);
    }
    return `${prefix}:${name}`;
  }

  private isFree(prefix: string): boolean {
    return PREFIX.test(prefix) && !standardContext.prefixes.has(prefix) && !this.declared.has(prefix);
  }

  private invented(): string {
    let number = 1;
    while (!this.isFree(`ns${number}`)) number += 1;
    return `ns${number}`;
  }
}
