import { describe, expect, it } from '@jest/globals';
import { significance, topicWindow } from './topic-window.js';

describe('topicWindow', () => {
  it('ends with today and is the same all day', () => {
    const at = (time: string) => topicWindow(new URLSearchParams('window=1y'), Date.parse(time)).window;
    expect(at('2026-03-01T00:00:00Z')).toEqual({
      frequency: 'WEEKLY',
      from: '2025-03-02T00:00:00.000Z',
      to: '2026-03-02T00:00:00.000Z',
    });
    expect(at('2026-03-01T23:59:59Z')).toEqual(at('2026-03-01T00:00:00Z'));
  });
});

describe('significance', () => {
  it('says a chance in words that hold', () => {
    expect(significance(0.0321)).toBe('3.2 %');
    expect(significance(4e-8)).toBe('below 1 in 10⁷');
    expect(significance(0)).toMatch(/^below 1 in 10/);
  });
});
