import { RULES, type RuleId, type RuleScore } from '@tallyhouse/audit';
import type { Evaluation, WorldResult } from './evaluate.js';

/** Findings that are named one by one; more are counted. */
const MOST_NAMED = 10;

/** An evaluation as a person reads it. */
export function evaluationLines({ faulty, clean, ruleSet, learnedFrom }: Evaluation): string[] {
  return [
    `world with faults: ${faulty.events} events, ${faulty.faults} planted faults, audited in ${faulty.seconds.toFixed(1)} s`,
    `rule set ${ruleSet.version}, learned from ${learnedFrom} events of another world`,
    'A finding is right when it and a planted fault of its rule name the same event; faults still open at the end do not count.',
    '',
    row('rule', 'what', 'faults', 'found', 'findings', 'false', 'precision', 'recall', 'seconds'),
    ...faulty.scores.rules.map((each) => scoreRow(each, faulty)),
    ...named(
      'missed',
      faulty.scores.missed.map(({ rule, kind, eventIds }) => `${rule} ${kind}: ${eventIds.join(' ')}`),
    ),
    ...named(
      'false alarm',
      faulty.scores.falseAlarms.map(({ rule, explanation }) => `${rule} ${explanation}`),
    ),
    '',
    `clean world: ${clean.events} events, no faults, audited in ${clean.seconds.toFixed(1)} s: ${alarmsOf(clean, true)} false ` +
      `alarms by hard rules, ${alarmsOf(clean, false)} by statistical rules`,
    ...named(
      'false alarm',
      clean.scores.falseAlarms.map(({ rule, explanation }) => `${rule} ${explanation}`),
    ),
  ];
}

/** The same as one object, for programs. */
export function evaluationJson(
  settings: { readonly seed: number; readonly faultRate: number },
  { faulty, clean, ruleSet, learnedFrom }: Evaluation,
): object {
  return {
    ...settings,
    ...{ events: faulty.events, planted: faulty.faults, learnedFrom, ruleSet: ruleSet.version },
    seconds: round(faulty.seconds),
    rules: faulty.scores.rules.map((each) => ({ ...each, seconds: round(faulty.secondsByRule[each.rule]) })),
    clean: {
      ...{ events: clean.events, seconds: round(clean.seconds) },
      ...{ falseAlarmsHard: alarmsOf(clean, true), falseAlarmsStatistical: alarmsOf(clean, false) },
      falseAlarms: Object.fromEntries(clean.scores.rules.map(({ rule, falseAlarms }) => [rule, falseAlarms])),
    },
  };
}

function alarmsOf({ scores }: WorldResult, hard: boolean): number {
  return scores.rules.reduce(
    (sum, { rule, falseAlarms }) => sum + (RULES[rule].hard === hard ? falseAlarms : 0),
    0,
  );
}

function scoreRow(score: RuleScore, { secondsByRule }: WorldResult): string {
  const { rule, faults, found, findings, falseAlarms, precision, recall } = score;
  const figure = (value: number | null): string => value?.toFixed(3) ?? '-';
  const seconds = secondsByRule[rule].toFixed(2);
  const cells = [faults, found, findings, falseAlarms].map(String);
  return row(rule, titleOf(rule), ...cells, figure(precision), figure(recall), seconds);
}

function titleOf(rule: RuleId): string {
  return RULES[rule].title.slice(0, 30);
}

function row(rule: string, title: string, ...cells: readonly string[]): string {
  return [rule.padEnd(5), title.padEnd(31), ...cells.map((cell) => cell.padStart(10))].join('').trimEnd();
}

function named(what: string, lines: readonly string[]): string[] {
  const shown = lines.slice(0, MOST_NAMED).map((line) => `  ${what}: ${line}`);
  return lines.length > MOST_NAMED ? [...shown, `  and ${lines.length - MOST_NAMED} more`] : shown;
}

function round(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000;
}
