import { describe, expect, it } from '@jest/globals';
import { changeSearch, matchPath } from './match-path.js';

describe('matchPath', () => {
  it('reads and decodes parameters', () => {
    expect(matchPath('/events/:id', '/events/a%2Fb')).toEqual({ id: 'a/b' });
  });

  it('does not match another length or another word', () => {
    expect(matchPath('/events/:id', '/events')).toBeNull();
    expect(matchPath('/events', '/models')).toBeNull();
  });

  it('ignores a slash at the end', () => {
    expect(matchPath('/events', '/events/')).toEqual({});
  });

  it('does not throw on broken percent encoding', () => {
    expect(matchPath('/events/:id', '/events/%E0%A4%A')).toBeNull();
  });
});

describe('changeSearch', () => {
  it('keeps other keys and removes empty ones', () => {
    expect(changeSearch('?a=1&b=2', { b: '', c: 'x y' })).toBe('?a=1&c=x+y');
    expect(changeSearch('?a=1', { a: null })).toBe('');
  });
});
