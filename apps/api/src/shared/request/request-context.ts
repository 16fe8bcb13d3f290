import type { IncomingMessage } from 'node:http';
import type { IndexStatusRow } from '@tallyhouse/supply-chain';
import type { Access } from '../../access/gate.js';
import { headerOf } from './header.js';
import type { Loaders } from './loaders.js';

/** What the resolvers of one operation share; made anew for each. */
export class RequestContext {
  /** Address of the partner behind the request, once a guard has found it. */
  public partner: string | undefined;

  /** What who is behind the request may do for the partner, once a guard has found it. */
  public access: Access | undefined;

  /** The block that the operation's lists are as of, read before them; only where the operation asks for it. */
  public indexedBlock: Promise<IndexStatusRow | undefined> | undefined;

  public constructor(
    public readonly req: Pick<IncomingMessage, 'headers'> & Partial<Pick<IncomingMessage, 'socket'>>,
    public readonly loaders: Loaders,
  ) {}

  /** Network address of who asks: the caller's, or what the trusted proxies say of it. */
  public get client(): string {
    const { ip } = this.req as { readonly ip?: string };
    return ip ?? this.req.socket?.remoteAddress ?? 'unknown';
  }

  /** A header that was sent once. */
  public header(name: string): string | undefined {
    return headerOf(this.req, name);
  }
}
