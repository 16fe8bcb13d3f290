import { Module } from '@nestjs/common';
import { AuthController } from './auth.controller.js';
import { AuthRequests } from './auth-requests.js';
import { PasskeysController } from './passkeys.controller.js';
import { SessionsController } from './sessions.controller.js';
import { signatureChainProvider } from './signature-chain.provider.js';

/** Signing in with a wallet or a passkey, below /auth. */
@Module({
  controllers: [AuthController, PasskeysController, SessionsController],
  providers: [AuthRequests, signatureChainProvider],
})
export class AuthModule {}
