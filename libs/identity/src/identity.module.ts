import { Module } from '@nestjs/common';
import { ApiKeyReader } from './keys/api-key.reader.js';
import { ApiKeyRepository } from './keys/api-key.repository.js';
import { ChallengeRepository } from './passkeys/challenge.repository.js';
import { PasskeyRepository } from './passkeys/passkey.repository.js';
import { PasskeyService } from './passkeys/passkey.service.js';
import { NonceRepository } from './sessions/nonce.repository.js';
import { RoleReader } from './sessions/role.reader.js';
import { SessionRepository } from './sessions/session.repository.js';
import { SignInService } from './sessions/sign-in.service.js';
import { ViewerReader } from './viewers/viewer.reader.js';

const PROVIDERS = [
  ApiKeyReader,
  ApiKeyRepository,
  ChallengeRepository,
  NonceRepository,
  PasskeyRepository,
  PasskeyService,
  RoleReader,
  SessionRepository,
  SignInService,
  ViewerReader,
];

/** Who somebody is; wants a `DataSource`, as `DatabaseModule` gives it. */
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class IdentityModule {}
