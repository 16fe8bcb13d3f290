import type { DemandClass } from './demand-class.js';
import type { Check } from './series-paths.js';

/** One forecast step of one check, flattened: what the members said, what came, and what an error counts. */
interface Row {
  readonly said: Float64Array;
  readonly actual: number;
  readonly cost: number;
}

const ROUNDS = 200;
/** The share of the prior that stays however much was tested. */
const LEAST_PRIOR = 0.1;
/**
 * Known values below which a check says nothing about longer histories, and from which on it says all.
 * Methods of intermittent demand have no season and two weights: less is enough.
 */
const KNOWN: Readonly<Record<DemandClass, { readonly short: number; readonly long: number }>> = {
  smooth: { short: 12, long: 40 },
  intermittent: { short: 6, long: 24 },
};

/** A member's path of a check. */
const said = (check: Check, member: number, step: number): number =>
  check.paths[member * check.actual.length + step]!;

/** Half the scaled and half the relative error: the two sides of OWA, each in units of its class mean. */
function rowsOf(checks: readonly Check[], members: number): Row[] {
  const rows: (Row & { relative: number })[] = [];
  for (const check of checks) {
    const horizon = check.actual.length;
    for (let step = 0; step < horizon; step++) {
      const actual = check.actual[step]!;
      if (Number.isNaN(actual)) continue;
      const all = Float64Array.from({ length: members }, (_, member) => said(check, member, step));
      const size = Math.abs(actual) + all.reduce((sum, value) => sum + Math.abs(value) / members, 0);
      const share = 1 / horizon;
      rows.push({ said: all, actual, cost: share / check.scale, relative: size > 0 ? share / size : 0 });
    }
  }
  const mean = (of: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((sum, row) => sum + of(row) * Math.abs(row.actual - row.said[0]!), 0) / rows.length || 1;
  const [scaled, relative] = [mean(({ cost }) => cost), mean((row) => row.relative)];
  return rows.map((row) => ({ ...row, cost: row.cost / scaled + row.relative / relative }));
}

const blend = (weights: Float64Array, row: Row): number => {
  let sum = 0;
  for (let member = 0; member < weights.length; member++) sum += weights[member]! * row.said[member]!;
  return sum;
};

/** The loss and its gradient: absolute errors for a median, squared ones for a mean. */
function lossAt(
  weights: Float64Array,
  rows: readonly Row[],
  squared: boolean,
  gradient: Float64Array,
): number {
  gradient.fill(0);
  let loss = 0;
  for (const row of rows) {
    const error = blend(weights, row) - row.actual;
    const slope = squared ? 2 * error * row.cost * row.cost : Math.sign(error) * row.cost;
    loss += squared ? error * error * row.cost * row.cost : Math.abs(error) * row.cost;
    for (let member = 0; member < weights.length; member++) gradient[member]! += slope * row.said[member]!;
  }
  return loss;
}

/** One step of exponentiated gradient descent (Kivinen & Warmuth 1997): weights stay positive, sum 1. */
function descend(weights: Float64Array, gradient: Float64Array, rate: number): void {
  let mean = 0;
  let steepest = 0;
  for (let member = 0; member < weights.length; member++) mean += weights[member]! * gradient[member]!;
  for (const slope of gradient) steepest = Math.max(steepest, Math.abs(slope - mean));
  let sum = 0;
  for (let member = 0; member < weights.length; member++) {
    weights[member]! *= Math.exp((-rate * (gradient[member]! - mean)) / (steepest || 1));
    sum += weights[member]!;
  }
  for (let member = 0; member < weights.length; member++) weights[member]! /= sum;
}

function fitted(rows: readonly Row[], members: number, squared: boolean): Float64Array {
  const weights = new Float64Array(members).fill(1 / members);
  const gradient = new Float64Array(members);
  let best = weights.slice();
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const loss = lossAt(weights, rows, squared, gradient);
    if (loss < least) [least, best] = [loss, weights.slice()];
    descend(weights, gradient, 0.3 / Math.sqrt(1 + round / 5));
  }
  return best;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/**
 * How far the checks are believed against the prior, 0..0.9: not where the histories at the checks
 * are too short to stand for the longer ones that are forecast, nor where there are few of them.
 */
export function trustIn(checks: readonly Check[], demand: DemandClass): number {
  const { short, long } = KNOWN[demand];
  const length = medianOf(checks.map(({ known }) => known));
  const byLength = Math.min(1, Math.max(0, (length - short) / (long - short)));
  const byCount = checks.length / (checks.length + 10);
  return (1 - LEAST_PRIOR) * byLength * byCount;
}

/** A total may be moved by this factor at most; further, the checks are no guide. */
const MOST_MOVED = 1.5;

/** For each member the factor that makes its total over all checks that of what came. */
function totalFactors(rows: readonly Row[], members: number): number[] {
  const came = rows.reduce((sum, { actual }) => sum + actual, 0);
  return Array.from({ length: members }, (_, member) => {
    const foretold = rows.reduce((sum, row) => sum + row.said[member]!, 0);
    return foretold > 0 ? Math.min(MOST_MOVED, Math.max(1 / MOST_MOVED, came / foretold)) : 1;
  });
}

function fittedOn(
  rows: readonly Row[],
  prior: readonly number[],
  trust: number,
  squared: boolean,
): Float64Array {
  const found = fitted(rows, prior.length, squared);
  return found.map((weight, member) => trust * weight + (1 - trust) * prior[member]!);
}

/**
 * The weights of a class of series: those of the least error over all its checks, pooled, drawn
 * towards the prior as far as the checks are not trusted. Smooth demand is judged by absolute error
 * (the half of OWA). Intermittent demand is judged by squared error, since its median says nothing;
 * squared error alone would forecast too little, and stock is ordered by totals, so each member is
 * first scaled until its total over the checks is right.
 *
 * @param prior one weight a member, summing to 1
 * @returns one weight a member, none negative; of smooth demand they sum to 1
 */
export function classWeights(
  checks: readonly Check[],
  prior: readonly number[],
  demand: DemandClass,
): Float64Array {
  const rows = rowsOf(checks, prior.length);
  if (rows.length === 0) return Float64Array.from(prior);
  const trust = trustIn(checks, demand);
  if (demand === 'smooth') return fittedOn(rows, prior, trust, false);
  const factors = totalFactors(rows, prior.length).map((factor) => factor ** trust);
  const scaled = rows.map((row) => ({
    ...row,
    said: row.said.map((value, member) => value * factors[member]!),
  }));
  return fittedOn(scaled, prior, trust, true).map((weight, member) => weight * factors[member]!);
}
