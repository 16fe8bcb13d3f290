import { Module, type DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { readDeployment } from '@tallyhouse/chain';
import { ConfigModule, type Config } from '@tallyhouse/config';
import { DatabaseModule } from '@tallyhouse/database';
import { NlpModule } from '@tallyhouse/nlp';
import { SupplyChainModule } from '@tallyhouse/supply-chain';
import {
  ballotDeskProvider,
  ballotGovernorProvider,
  ballotRepositoryProvider,
} from './ballots/ballot-desk.provider.js';
import { AccessModule } from './access/access.module.js';
import { AuthModule } from './auth/auth.module.js';
import { ApiKeyGuard } from './capture/api-key.guard.js';
import { DocumentCapture } from './capture/document-capture.js';
import { ProofBundles } from './events/proof-bundle.service.js';
import { EpcisRestModule } from './epcis-rest/epcis-rest.module.js';
import { deliveriesProvider } from './jobs/deliveries.provider.js';
import { DeliveryDesk } from './jobs/delivery-desk.js';
import { JobDesk } from './jobs/job-desk.js';
import { OperatorGuard } from './jobs/operator.guard.js';
import { PartnerKeys } from './keys/partner-keys.js';
import { ModelDiffs } from './models/model-diffs.js';
import { GovernanceFeed } from './proposals/governance-feed.js';
import { ArtifactController } from './models/artifact.controller.js';
import { CalendarController } from './proposals/calendar.controller.js';
import { ProposalDigest } from './proposals/proposal-digest.js';
import { resolvers } from './resolvers.js';
import { graphqlOptions } from './shared/graphql.options.js';
import { HealthController } from './shared/http/health.controller.js';
import { NetworkController } from './shared/http/network.controller.js';
import { ReadersModule } from './shared/readers.module.js';
import { Notices } from './shared/subscriptions/notices.js';
import { TablesController } from './tables/tables.controller.js';
import { Tables } from './tables/tables.service.js';
import { TextList } from './texts/text-list.js';
import { CovariateDesk } from './forecasts/covariate-desk.js';
import { AskedVersions } from './forecasts/asked-versions.js';
import { candidateBoundsProvider, WhatIfDesk } from './forecasts/what-if-desk.js';
import { Decompositions } from './series/decompositions.js';
import { Viewers } from './viewer/viewers.js';
import { ApiTelemetry } from './shared/telemetry/api-telemetry.js';
import { Readiness } from './shared/telemetry/readiness.js';
import { SubscriptionServer } from './shared/subscriptions/subscription-server.js';

/** The api: GraphQL over HTTP and WebSocket, and what wallets and operators ask for by plain HTTP. */
@Module({})
export class AppModule {
  public static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(readDeployment, 'ANONYMOUS'),
        ReadersModule,
        AccessModule,
        AuthModule,
        SupplyChainModule,
        NlpModule,
        EpcisRestModule,
        GraphQLModule.forRootAsync(graphqlOptions),
      ],
      controllers: [
        ArtifactController,
        CalendarController,
        HealthController,
        NetworkController,
        TablesController,
      ],
      providers: [
        ...resolvers,
        ballotDeskProvider,
        ballotGovernorProvider,
        ballotRepositoryProvider,
        ApiKeyGuard,
        DocumentCapture,
        deliveriesProvider,
        DeliveryDesk,
        JobDesk,
        OperatorGuard,
        PartnerKeys,
        Viewers,
        CovariateDesk,
        Decompositions,
        AskedVersions,
        candidateBoundsProvider,
        WhatIfDesk,
        TextList,
        ModelDiffs,
        GovernanceFeed,
        ProposalDigest,
        Notices,
        ProofBundles,
        SubscriptionServer,
        Tables,
        Readiness,
        ApiTelemetry,
      ],
    };
  }
}
