import { BadRequestException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { EventQueryError, type EventQueryErrorCode } from '@tallyhouse/supply-chain';
import { problemOf } from './problem-of.js';
import { ProblemError } from './problems.js';
import { compareVersions } from './protocol.js';
import { methodsOf } from './resources.js';

describe('problemOf', () => {
  it.each<[EventQueryErrorCode, number, string]>([
    ['QUERY_PARAMETER_INVALID', 400, 'QueryParameterException'],
    ['QUERY_TOO_LARGE', 413, 'QueryTooLargeException'],
    ['QUERY_TOO_COMPLEX', 413, 'QueryTooComplexException'],
    ['PAGE_TOKEN_INVALID', 400, 'QueryParameterException'],
    ['QUERY_NAME_TAKEN', 409, 'ResourceAlreadyExistsException'],
    ['QUERY_COUNT_EXCEEDED', 400, 'ValidationException'],
  ])('%s is %i %s', (code, status, exception) => {
    expect(problemOf(new EventQueryError(code, 'the words', 'orderBy'))).toEqual({
      type: `epcisException:${exception}`,
      status,
      title: expect.any(String),
      detail: 'the words',
      parameter: 'orderBy',
    });
  });

  it('exceptions of the framework and of reading a body keep their status', () => {
    const tooLarge = Object.assign(new Error('request entity too large'), { status: 413 });
    expect(
      [new NotFoundException(), new BadRequestException(), tooLarge].map((error) => problemOf(error)?.type),
    ).toEqual([
      'epcisException:NoSuchResourceException',
      'epcisException:ValidationException',
      'epcisException:CaptureLimitExceededException',
    ]);
  });

  it('our own problems pass, other faults are no client’s business', () => {
    expect(problemOf(new ProblemError('NoSuchNameException', 'x'))).toMatchObject({
      status: 404,
      detail: 'x',
    });
    expect(problemOf(new Error('relation does not exist'))).toBeUndefined();
    expect(problemOf('text')).toBeUndefined();
  });
});

it('versions are compared number by number', () => {
  expect([
    compareVersions('2.0', '2.0.0'),
    compareVersions('1.10', '1.9'),
    compareVersions('2', '2.0.1'),
  ]).toEqual([0, 1, -1]);
});

it('only addresses of the standard have methods', () => {
  expect(methodsOf('/bizSteps/shipping/events')).toContain('GET');
  for (const path of ['/events/a/b', '/capture/a/b', '/queries/a/b', '/bizSteps/a/b', '/epcs/a/events/b']) {
    expect(methodsOf(path)).toBeUndefined();
  }
});
