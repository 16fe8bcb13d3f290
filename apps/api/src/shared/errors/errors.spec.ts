import { describe, expect, it } from '@jest/globals';
import { InvalidCursorError } from '@tallyhouse/database';
import { ModelRegistryError } from '@tallyhouse/model-registry';
import { GraphQLError } from 'graphql';
import { QueryRunnerAlreadyReleasedError } from 'typeorm';
import { UnauthenticatedError } from './api.errors.js';
import { awayWords } from './database-away.js';
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

describe('a database that cannot be asked now', () => {
  it.each(['53300', '57P03', '08006', 'ECONNREFUSED'])('is known by %s', (code) => {
    expect(awayWords(Object.assign(new Error('x'), { code }))).toContain('cannot be asked now');
  });

  it('is known by the words of a connection that ended, and by nothing else', () => {
    expect(awayWords(new Error('Connection terminated unexpectedly'))).toContain('cannot be asked now');
    expect(awayWords(new QueryRunnerAlreadyReleasedError())).toContain('cannot be asked now');
    for (const code of ['42P01', '57014', '23505', '']) {
      expect(awayWords(Object.assign(new Error('a statement failed'), { code }))).toBeUndefined();
    }
    expect(awayWords({ code: '53100' })).toBeUndefined();
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

  it('says when the database cannot be asked now, without its own words', () => {
    const full = Object.assign(new Error('could not extend file "base/16384/16403"'), { code: '53100' });
    const shown = format(thrown(full).toJSON(), thrown(full));
    expect(shown.extensions).toEqual({ code: 'SERVICE_UNAVAILABLE' });
    expect(shown.message).toBe(
      'the database has no room left to write; send it again later; what was kept already is not stored twice',
    );
    expect(logged.at(-1)).toMatchObject({ event: 'request-failed', err: full });
  });

  it('does not let a thrown error choose its own code', () => {
    const error = thrown(new Error('secret'), { code: 'BAD_USER_INPUT' });
    expect(format(error.toJSON(), error).message).not.toContain('secret');
  });
});
