import type { IncomingMessage } from 'node:http';
import type { Loaders } from './loaders.js';

/** What the resolvers of one operation share; made anew for each. */
export class RequestContext {
  /** Address of the partner behind the request, once a guard has found it. */
  public partner: string | undefined;

  public constructor(
    public readonly req: Pick<IncomingMessage, 'headers'>,
    public readonly loaders: Loaders,
  ) {}

  /** A header that was sent once. */
  public header(name: string): string | undefined {
    const value = this.req.headers[name];
    return typeof value === 'string' ? value : undefined;
  }
}
