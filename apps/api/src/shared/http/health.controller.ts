import { Controller, Get, Header, Inject, ServiceUnavailableException } from '@nestjs/common';
import type { Deployment } from '@tallyhouse/chain';
import { IndexStatusReader } from '@tallyhouse/supply-chain';
import { DEPLOYMENT } from './deployment.provider.js';

@Controller()
export class HealthController {
  public constructor(
    private readonly status: IndexStatusReader,
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
  ) {}

  /** The process answers. */
  @Get('health')
  @Header('Cache-Control', 'no-store')
  public health(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The database answers and holds an index of the chain. */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  public async ready(): Promise<{ status: 'ready'; blockNumber: string; lagSeconds: number }> {
    const checkpoint = await this.status.checkpoint(this.deployment.chainId).catch(() => {
      throw unready('the database does not answer');
    });
    if (!checkpoint) throw unready('nothing of the chain is indexed yet');
    return { status: 'ready', blockNumber: checkpoint.blockNumber, lagSeconds: checkpoint.lagSeconds };
  }
}

function unready(reason: string): ServiceUnavailableException {
  return new ServiceUnavailableException({ status: 'unready', reason });
}
