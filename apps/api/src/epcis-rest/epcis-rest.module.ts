import { Module, RequestMethod, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { EventQueryModule, SupplyChainModule } from '@tallyhouse/supply-chain';
import { deliveriesProvider } from '../jobs/deliveries.provider.js';
import { CaptureController } from './capture.controller.js';
import { EventAnswer } from './event-answer.js';
import { EventsController } from './events.controller.js';
import { PartnerKeyGuard } from './partner-key.guard.js';
import { epcisProtocol } from './protocol.js';
import { QuerySockets } from './sockets/query-sockets.js';
import { QueriesController } from './queries.controller.js';
import { ResourcesController } from './resources.controller.js';
import { SubscriptionsController } from './subscriptions.controller.js';
import { targetPolicyProvider } from './target-policy.provider.js';

/** EPCIS 2.0 over REST, below /epcis/v2. */
@Module({
  imports: [SupplyChainModule, EventQueryModule],
  controllers: [
    CaptureController,
    EventsController,
    QueriesController,
    SubscriptionsController,
    ResourcesController,
  ],
  providers: [EventAnswer, PartnerKeyGuard, QuerySockets, targetPolicyProvider, deliveriesProvider],
  exports: [QuerySockets],
})
export class EpcisRestModule implements NestModule {
  public configure(consumer: MiddlewareConsumer): void {
    const everything = { path: 'epcis/v2{/*path}', method: RequestMethod.ALL };
    consumer.apply(epcisProtocol).forRoutes(everything);
  }
}
