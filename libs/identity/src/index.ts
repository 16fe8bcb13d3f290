export { IdentityError, type IdentityErrorCode } from './identity.errors.js';
export { IdentityModule } from './identity.module.js';
export { digestOf, newSecret, shownPrefix } from './secret.js';
export { KEY_SCOPES, readScopes, type KeyScope } from './keys/scopes.js';
export { ApiKeyReader, requireScopes } from './keys/api-key.reader.js';
export { ApiKeyRepository } from './keys/api-key.repository.js';
export type { ApiKeyRow, IssuedKey } from './keys/api-key.rows.js';
