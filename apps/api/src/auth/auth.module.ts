import { Module } from '@nestjs/common';
import { AuthController } from './auth.controller.js';
import { AuthRequests } from './auth-requests.js';
import { SessionsController } from './sessions.controller.js';
import { signatureChainProvider } from './signature-chain.provider.js';

/** Signing in with a wallet, below /auth. */
@Module({
  controllers: [AuthController, SessionsController],
  providers: [AuthRequests, signatureChainProvider],
})
export class AuthModule {}
