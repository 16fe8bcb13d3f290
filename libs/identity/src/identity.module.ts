import { Module } from '@nestjs/common';
import { ApiKeyReader } from './keys/api-key.reader.js';
import { ApiKeyRepository } from './keys/api-key.repository.js';

const PROVIDERS = [ApiKeyReader, ApiKeyRepository];

/** Who somebody is; wants a `DataSource`, as `DatabaseModule` gives it. */
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class IdentityModule {}
