import { Inject, Injectable } from '@nestjs/common';
import { createLogger, CONFIG, type Config } from '@tallyhouse/config';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { errorFormatter } from './format-error.js';

/** The one way in which errors leave the process. */
@Injectable()
export class ErrorFormat {
  public readonly format: (formatted: GraphQLFormattedError, thrown: unknown) => GraphQLFormattedError;

  public constructor(@Inject(CONFIG) config: Config) {
    this.format = errorFormatter(createLogger(config, 'api'));
  }

  /** An error of a subscription; GraphQL itself gives faults of the document no code. */
  public of(error: GraphQLError | GraphQLFormattedError): GraphQLFormattedError {
    const formatted = error instanceof GraphQLError ? error.toJSON() : error;
    const isFaultOfDocument =
      error instanceof GraphQLError && !error.originalError && !formatted.extensions?.['code'];
    const extensions = isFaultOfDocument ? { code: 'GRAPHQL_VALIDATION_FAILED' } : formatted.extensions;
    return this.format({ ...formatted, ...(extensions ? { extensions } : {}) }, error);
  }
}
