import { Module, RequestMethod, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { EventQueryModule, SupplyChainModule } from '@tallyhouse/supply-chain';
import { CaptureController } from './capture.controller.js';
import { EventAnswer } from './event-answer.js';
import { EventsController } from './events.controller.js';
import { PartnerKeyGuard } from './partner-key.guard.js';
import { epcisProtocol } from './protocol.js';
import { QueriesController } from './queries.controller.js';
import { ResourcesController } from './resources.controller.js';

/** EPCIS 2.0 over REST, below /epcis/v2. */
@Module({
  imports: [SupplyChainModule, EventQueryModule],
  controllers: [CaptureController, EventsController, QueriesController, ResourcesController],
  providers: [EventAnswer, PartnerKeyGuard],
})
export class EpcisRestModule implements NestModule {
  public configure(consumer: MiddlewareConsumer): void {
    const everything = { path: 'epcis/v2{/*path}', method: RequestMethod.ALL };
    consumer.apply(epcisProtocol).forRoutes(everything);
  }
}
