import { Injectable } from '@nestjs/common';
import { anonymous, asKeeper, asViewer, type Viewer } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { IdentityError } from '../identity.errors.js';
import { ApiKeyReader } from '../keys/api-key.reader.js';
import { RoleReader } from '../sessions/role.reader.js';

/** Says whose rows somebody may see. Who proves to be nobody is a stranger and sees what strangers see. */
@Injectable()
export class ViewerReader {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly keys: ApiKeyReader,
    private readonly roles: RoleReader,
  ) {}

  /** The partner of a key that is in force. */
  public async ofKey(secret: string, now: Date): Promise<Viewer> {
    try {
      const { partner } = await this.keys.known(secret, now);
      return await this.viewerOf([partner], [partner]);
    } catch (error) {
      if (error instanceof IdentityError) return anonymous;
      throw error;
    }
  }

  /**
   * A signed-in account: the partner that it is, those for whom it may anchor, and itself, whom something may be granted. What was
   * granted to a partner ends with the block that removes it.
   */
  public async ofAccount(account: string, chainId: number): Promise<Viewer> {
    const address = account.toLowerCase();
    const { partner, submitterFor } = await asKeeper(() => this.roles.of(address, chainId));
    if (!partner && (await this.wasRemoved(address))) return anonymous;
    const partners = [...(partner ? [partner] : []), ...submitterFor].map((one) => one.address);
    return this.viewerOf([...new Set(partners)], [...new Set([address, ...partners])]);
  }

  private async wasRemoved(address: string): Promise<boolean> {
    const rows: unknown[] = await asKeeper(() =>
      this.dataSource.query('SELECT 1 FROM partner_removed WHERE partner = $1 LIMIT 1', [address]),
    );
    return rows.length > 0;
  }

  private async viewerOf(partners: readonly string[], addresses: readonly string[]): Promise<Viewer> {
    const viewer = { partners, addresses, hasGrants: false };
    const scope = { viewer: () => Promise.resolve(viewer), operation: () => 'grants' };
    const rows: unknown[] = await asViewer(scope, () =>
      this.dataSource.query('SELECT 1 FROM grants_in_force() LIMIT 1'),
    );
    return { ...viewer, hasGrants: rows.length > 0 };
  }
}
