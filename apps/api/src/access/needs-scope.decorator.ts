import { SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { KEY_SCOPES, type KeyScope } from '@tallyhouse/identity';

const SCOPE = 'tallyhouse:scope';
const reflector = new Reflector();

/** Says which scope a key needs for a guarded operation, or for all of a controller. */
export function NeedsScope(scope: KeyScope): CustomDecorator {
  return SetMetadata(SCOPE, scope);
}

/** Scopes that an operation needs: one that names none takes only keys that may do everything. */
export function scopesNeeded(execution: ExecutionContext): readonly KeyScope[] {
  const scope = reflector.getAllAndOverride<KeyScope | undefined>(SCOPE, [
    execution.getHandler(),
    execution.getClass(),
  ]);
  return scope === undefined ? KEY_SCOPES : [scope];
}
