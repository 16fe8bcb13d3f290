import { Grace } from '../engine/grace.js';
import type { Reading } from '../engine/readings.js';
import type { Fact } from '../engine/fact.js';
import { legsOf } from '../engine/legs.js';
import { isReceiving } from '../engine/life.js';
import type { History, Mention, RuleContext, Verdict, Violation } from '../engine/rule.js';
import { HOUR_MS, item, round, span, when } from '../engine/words.js';

const parameters = {
  minCelsius: 2,
  maxCelsius: 8,
  /** A shorter time outside is a door that was open. */
  maxMinutesOutside: 60,
  /** Fewer values in a row may be doors that were open; what sums up hours counts alone. */
  leastReadings: 3,
  /** Silence of a logger between shipping and receipt: three values of a four-hourly logger may be lost. */
  maxGapHours: 18,
  /** Time in which a missing record may still arrive. */
  graceHours: 96,
};

/** R11: a load under a logger was too warm or too cold for too long, or the logger fell silent on the way. */
export const coldChain = {
  id: 'R11',
  title: 'Cold-chain excursion or gap',
  severity: 'HIGH',
  hard: false,
  scope: 'ITEM',
  parameters,
  judge,
} as const;

interface Logged {
  readonly fact: Fact;
  readonly reading: Reading;
}

function judge({ uri, mentions }: History, limits: typeof parameters, context: RuleContext): Verdict {
  const logged = mentions.flatMap(({ fact }) => fact.readings.map((reading) => ({ fact, reading })));
  if (logged.length === 0) return { violations: [] };
  logged.sort((a, b) => a.reading.from - b.reading.from);
  const grace = new Grace(limits.graceHours, context.now);
  return grace.verdict([...excursions(uri, logged, limits), ...gaps(uri, mentions, limits, grace)]);
}

function excursions(uri: string, logged: readonly Logged[], limits: typeof parameters): Violation[] {
  const violations: Violation[] = [];
  let run: Logged[] = [];
  const close = (): void => {
    const violation = excursionOf(uri, run, limits);
    if (violation) violations.push(violation);
    run = [];
  };
  for (const entry of logged) {
    if (entry.reading.max > limits.maxCelsius || entry.reading.min < limits.minCelsius) run.push(entry);
    else close();
  }
  close();
  return violations;
}

function excursionOf(uri: string, run: readonly Logged[], limits: typeof parameters): Violation | undefined {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return undefined;
  const outside = last.reading.to - first.reading.from;
  const alarm = run.some(({ reading }) => reading.alarm);
  const enough = run.length >= limits.leastReadings || run.some(({ reading }) => reading.to > reading.from);
  if (!alarm && (!enough || outside <= limits.maxMinutesOutside * 60_000)) return undefined;
  const max = Math.max(...run.map(({ reading }) => reading.max));
  const min = Math.min(...run.map(({ reading }) => reading.min));
  const worst = max > limits.maxCelsius ? max : min;
  const explanation =
    `The ${item(uri)} was outside ${limits.minCelsius} to ${limits.maxCelsius} °C for ${span(outside)} from ` +
    `${when(first.reading.from)}, at ${round(worst)} °C at worst${alarm ? ', and its logger raised an alarm' : ''}.`;
  const evidence = [...new Set(run.map(({ fact }) => fact.id))];
  return { key: `excursion ${first.fact.id}`, evidence, at: first.reading.from, explanation };
}

function gaps(
  uri: string,
  mentions: readonly Mention[],
  limits: typeof parameters,
  grace: Grace,
): Violation[] {
  return legsOf(mentions).flatMap(({ ship, seen }) => {
    if (!seen) return [];
    const heard = mentions
      .map(({ fact }) => fact)
      .filter((fact) => fact.readings.length > 0 && isOnTheWay(fact, ship, seen));
    const violations: Violation[] = [];
    for (let index = 1; index < heard.length; index += 1) {
      const [before, after] = [heard[index - 1]!, heard[index]!];
      const silence = startOf(after) - before.time;
      if (silence <= limits.maxGapHours * HOUR_MS || !grace.isOver(after)) continue;
      const explanation =
        `The logger of ${item(uri)} was silent for ${span(silence)} from ${when(before.time)} on its way; ` +
        `${limits.maxGapHours} h are allowed.`;
      violations.push({
        key: `gap ${before.id}`,
        evidence: [after.id, before.id],
        at: before.time,
        explanation,
      });
    }
    return violations;
  });
}

/** From shipping to receipt. A receipt that no gate read says nothing of the logger's end. */
function isOnTheWay(fact: Fact, ship: Mention, seen: Mention): boolean {
  if (fact === ship.fact) return true;
  if (fact === seen.fact) return isReceiving(seen) && fact.time >= ship.fact.time;
  return fact.site === undefined && fact.time >= ship.fact.time && fact.time <= seen.fact.time;
}

/** A report may sum up hours: the silence ends where its time begins. */
function startOf(fact: Fact): number {
  return fact.readings.reduce((earliest, { from }) => Math.min(earliest, from), fact.time);
}
