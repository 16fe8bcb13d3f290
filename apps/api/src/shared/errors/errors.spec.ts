import { describe, expect, it } from '@jest/globals';
import { InvalidCursorError } from '@tallyhouse/database';
import { ModelRegistryError } from '@tallyhouse/model-registry';
import { GraphQLError } from 'graphql';
import { UnauthenticatedError } from './api.errors.js';
import { publicCodeOf } from './error-mapper.js';
import { errorFormatter } from './format-error.js';

describe('public code', () => {
  it('is known for errors of our libs', () => {
    expect(publicCodeOf(new InvalidCursorError())).toBe('CURSOR_INVALID');
    expect(publicCodeOf(new ModelRegistryError('HASH_MALFORMED', 'x'))).toBe('ARGUMENT_INVALID');
  });

  it('is unknown for all others', () => {
    expect(publicCodeOf(Object.assign(new Error('x'), { code: '42P01' }))).toBeUndefined();
    expect(publicCodeOf(Object.assign(new Error('x'), { code: 'constructor' }))).toBeUndefined();
    expect(publicCodeOf({ code: 'CURSOR_INVALID' })).toBeUndefined();
  });
});

describe('formatted error', () => {
  const logged: unknown[] = [];
  const format = errorFormatter({ error: (entry: unknown) => void logged.push(entry) } as never);
  const thrown = (cause: Error, extensions = {}): GraphQLError =>
    new GraphQLError(cause.message, { originalError: cause, path: ['events'], extensions });

  it('keeps message and code of an error made for clients', () => {
    const error = thrown(new InvalidCursorError());
    expect(format(error.toJSON(), error)).toEqual({
      message: expect.stringContaining('not a cursor'),
      path: ['events'],
      extensions: { code: 'CURSOR_INVALID' },
    });
    const refused = thrown(new UnauthenticatedError('send a key'), { code: 'UNAUTHENTICATED', secret: 1 });
    expect(format(refused.toJSON(), refused).extensions).toEqual({ code: 'UNAUTHENTICATED' });
  });

  it('hides any other error behind a number that the log has', () => {
    const cause = Object.assign(new Error('relation "epcis_event" does not exist'), {
      code: '42P01',
      query: 'SELECT 1',
    });
    const error = thrown(cause, { stacktrace: ['at /srv/app.js:1'], code: 'INTERNAL_SERVER_ERROR' });
    const shown = format(error.toJSON(), error);
    expect(shown.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
    expect(JSON.stringify(shown)).not.toMatch(/epcis_event|SELECT|srv|stack/);
    const [reference] = /[0-9a-f-]{36}/.exec(shown.message) ?? [];
    expect(logged).toEqual([{ event: 'request-failed', reference, path: ['events'], err: cause }]);
  });

  it('does not let a thrown error choose its own code', () => {
    const error = thrown(new Error('secret'), { code: 'BAD_USER_INPUT' });
    expect(format(error.toJSON(), error).message).not.toContain('secret');
  });
});
