import { Injectable } from '@nestjs/common';
import { ApiKeyReader, requireScopes, type KeyScope } from '@tallyhouse/identity';

/** Who may act for a partner in a request. */
export interface Access {
  /** Address of the partner, lower case. */
  readonly partner: string;
  readonly scopes: readonly KeyScope[];
}

/** What a request brings to show who is behind it. */
export type Credentials = (header: string) => string | undefined;

/** The one way in for who acts for a partner, by GraphQL and by REST. */
@Injectable()
export class Gate {
  public constructor(private readonly keys: ApiKeyReader) {}

  /** @throws IdentityError why the request is not let in, and what to do about it */
  public async admit(credentials: Credentials, needed: readonly KeyScope[]): Promise<Access> {
    const { partner, scopes } = await this.keys.known(credentials('x-api-key'), new Date());
    requireScopes(scopes, needed);
    return { partner, scopes };
  }
}
