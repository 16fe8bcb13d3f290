import type { ASTVisitor, ValidationContext } from 'graphql';
import { LimitError } from '../errors/api.errors.js';

export const MAX_ALIASES = 20;

/** Refuses documents that ask for the same fields again and again under other names. */
export function aliasRule(context: ValidationContext): ASTVisitor {
  let aliases = 0;
  return {
    Field: (field) => {
      if (!field.alias || ++aliases !== MAX_ALIASES + 1) return;
      context.reportError(
        new LimitError('TOO_MANY_ALIASES', `more than ${MAX_ALIASES} aliases: send several requests`),
      );
    },
  };
}
