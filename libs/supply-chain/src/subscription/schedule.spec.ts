import { describe, expect, it } from '@jest/globals';
import { controlsOfAddress, parseControls } from './controls.js';
import { nextMoment, parseSchedule, type ScheduleText } from './schedule.js';

const NOW = new Date('2026-03-01T08:00:00.500Z');
const next = (schedule: ScheduleText, from = NOW): string | undefined =>
  nextMoment(parseSchedule(schedule), from)?.toISOString();

describe('a schedule', () => {
  it.each<[ScheduleText, string | undefined]>([
    [{ hour: '1', minute: '5' }, '2026-03-02T01:05:00.000Z'],
    [{ hour: '8' }, '2026-03-02T08:00:00.000Z'],
    [{ minute: '[10-12],3' }, '2026-03-01T08:03:00.000Z'],
    [{ second: '0' }, '2026-03-01T08:01:00.000Z'],
    [{ second: '1' }, '2026-03-01T08:00:01.000Z'],
    [{ second: '[0-59]' }, '2026-03-01T08:00:01.000Z'],
    [{ hour: '9', second: '30' }, '2026-03-01T09:00:30.000Z'],
    [{ dayOfMonth: '31' }, '2026-03-31T00:00:00.000Z'],
    [{ dayOfWeek: '7' }, '2026-03-08T00:00:00.000Z'],
    [{ dayOfWeek: '1', hour: '8' }, '2026-03-02T08:00:00.000Z'],
    [{ month: '2', dayOfMonth: '29' }, '2028-02-29T00:00:00.000Z'],
    [{ month: '2', dayOfMonth: '29', dayOfWeek: '7' }, '2032-02-29T00:00:00.000Z'],
    [{ month: '2', dayOfMonth: '31' }, undefined],
    [{ month: '12', dayOfMonth: '31', hour: '23', minute: '59', second: '59' }, '2026-12-31T23:59:59.000Z'],
  ])('%j is due next at %s', (schedule, expected) => {
    expect(next(schedule)).toBe(expected);
  });

  it('names the same moments as looking at every second does', () => {
    const schedule = { second: '10,50', minute: '[58-59],0', hour: '23,0', dayOfWeek: '[1-2],7' };
    const parsed = parseSchedule(schedule);
    const from = Date.UTC(2026, 1, 28, 22);
    const expected: number[] = [];
    for (let time = from + 1_000; time <= from + 3 * 86_400_000; time += 1_000) {
      const date = new Date(time);
      const day = date.getUTCDay() || 7;
      const fits =
        [10, 50].includes(date.getUTCSeconds()) &&
        [58, 59, 0].includes(date.getUTCMinutes()) &&
        [23, 0].includes(date.getUTCHours()) &&
        [1, 2, 7].includes(day);
      if (fits) expected.push(time);
    }
    const found: number[] = [];
    for (let at = nextMoment(parsed, new Date(from)); at && found.length < expected.length;) {
      found.push(at.getTime());
      at = nextMoment(parsed, at);
    }
    expect(found).toEqual(expected);
  });

  it.each<[ScheduleText, string]>([
    [{}, 'schedule: needs one of'],
    [{ second: '60' }, 'second: takes numbers from 0 to 59'],
    [{ hour: '24' }, 'hour: takes numbers from 0 to 23'],
    [{ dayOfWeek: '0' }, 'dayOfWeek: takes numbers from 1 to 7'],
    [{ minute: '[5-3]' }, 'minute:'],
    [{ minute: '*/5' }, 'minute:'],
    [{ minute: '1,' }, 'minute:'],
    [{ minute: '' }, 'minute:'],
    [{ minute: `${'1,'.repeat(100)}1` }, 'minute:'],
  ])('%j is refused', (schedule, words) => {
    expect(() => parseSchedule(schedule)).toThrow(words);
  });
});

describe('the controls of a subscription', () => {
  it.each([
    [{}, 'stream: missing'],
    [{ stream: false }, 'stream: takes true'],
    [{ stream: 'yes' }, 'stream: takes true or false'],
    [{ stream: true, schedule: { hour: '1' } }, 'stream: excludes a schedule'],
    [{ schedule: [] }, 'schedule: takes an object'],
    [{ schedule: { hours: '1' } }, 'schedule.hours: is none of'],
    [{ schedule: { hour: null } }, 'hour: takes a text'],
    [{ schedule: { month: '2', dayOfMonth: '30' } }, 'names no moment that will come'],
    [{ stream: true, reportIfEmpty: 1 }, 'reportIfEmpty: takes true or false'],
    [{ stream: true, initialRecordTime: 'yesterday' }, 'initialRecordTime: takes a time'],
    [{ stream: true, initialRecordTime: '2026-02-31T00:00:00Z' }, 'initialRecordTime: takes a time'],
  ])('%j are refused', (raw, words) => {
    expect(() => parseControls(raw, NOW)).toThrow(words);
  });

  it('mean the same in JSON and in an address', () => {
    const json = {
      schedule: { hour: '1', minute: 5 },
      reportIfEmpty: true,
      initialRecordTime: '2026-01-01T00:00:00+01:00',
    };
    const address = new URLSearchParams(
      'hour=1&minute=5&reportIfEmpty=true&initialRecordTime=2026-01-01T00:00:00+01:00',
    );
    expect(controlsOfAddress(new Map(address), NOW)).toEqual(parseControls(json, NOW));
    expect(controlsOfAddress(new Map([['stream', 'true']]), NOW)).toEqual({
      schedule: null,
      reportIfEmpty: false,
      initialRecordTime: null,
    });
  });
});
