import { Injectable } from '@nestjs/common';
import { ApiKeyRepository, requireScopes, type IssuedKey, type KeyScope } from '@tallyhouse/identity';
import type { Access } from '../access/gate.js';

/** Keys that a partner makes for itself: none may do more than who makes it. */
@Injectable()
export class PartnerKeys {
  public constructor(private readonly keys: ApiKeyRepository) {}

  public async add(
    { partner, scopes }: Access,
    asked: { label: string; scopes: readonly KeyScope[]; expiresAt?: Date | null },
    now: Date,
  ): Promise<IssuedKey> {
    requireScopes(scopes, asked.scopes);
    const { label, expiresAt = null } = asked;
    return this.keys.add({ partner, label, scopes: asked.scopes, expiresAt }, now);
  }

  public async rotate(
    { partner, scopes }: Access,
    id: string,
    graceMs: number,
    now: Date,
  ): Promise<IssuedKey> {
    const old = (await this.keys.list(partner)).find((key) => key.id === id.toLowerCase());
    requireScopes(scopes, old?.scopes ?? []);
    return this.keys.rotate(partner, id, graceMs, now);
  }
}
