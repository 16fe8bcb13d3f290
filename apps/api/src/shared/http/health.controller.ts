import { Controller, Get, Header, ServiceUnavailableException } from '@nestjs/common';
import { Readiness, type Standing } from '../telemetry/readiness.js';

@Controller()
export class HealthController {
  public constructor(private readonly readiness: Readiness) {}

  /** The process answers. */
  @Get('health')
  @Header('Cache-Control', 'no-store')
  public health(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The database answers and holds an index of the chain, and the process is not ending. */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  public async ready(): Promise<Standing> {
    const standing = await this.readiness.standing();
    if (standing.status === 'unready') throw new ServiceUnavailableException(standing);
    return standing;
  }
}
