import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from '@tallyhouse/config';
import { AppModule } from './app.module.js';
import { viewing } from './access/viewing/viewing.middleware.js';
import { Viewings } from './access/viewing/viewings.js';
import { WritingInterceptor } from './access/viewing/writing.interceptor.js';
import { QuerySockets } from './epcis-rest/sockets/query-sockets.js';
import { bodyReader } from './shared/http/body-limit.js';
import { cors } from './shared/http/cors.js';
import { rateLimit } from './shared/limits/rate-limit.js';
import { RateLimits } from './shared/limits/rate-limits.js';
import { securityHeaders } from './shared/http/security-headers.js';
import { serveWebBuild } from './shared/http/web-build.js';
import { requestTelemetry } from './shared/telemetry/request-telemetry.js';
import { SubscriptionServer } from './shared/subscriptions/subscription-server.js';

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
/** Longer than the minute for which balancers keep a connection: the side that asks has to be the one that ends it. */
const KEEP_ALIVE_MS = 75_000;

/** Whom the pages talk to beside us. */
function pageConnections({ rpcUrls, walletConnect }: Config): string[] {
  return [rpcUrls[0]!, ...(walletConnect ? [walletConnect.relayUrl] : [])];
}

/** An application that is ready to listen; no upgrade reaches it unguarded. */
export async function createApp(
  config: Config,
  webFolder: string,
): Promise<{ app: NestExpressApplication; servesWeb: boolean }> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(config), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustedProxies);
  app.use(requestTelemetry());
  app.use(securityHeaders(pageConnections(config)));
  app.use(cors(config.corsOrigins));
  app.use(rateLimit(app.get(RateLimits)));
  app.use(viewing(app.get(Viewings)));
  app.useGlobalInterceptors(new WritingInterceptor());
  app.use('/graphql', bodyReader());
  const servesWeb = serveWebBuild(app, webFolder);
  await app.init();
  app.get(SubscriptionServer).attach([app.get(QuerySockets, { strict: false }).route]);
  const server = app.getHttpServer() as Server;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  return { app, servesWeb };
}
