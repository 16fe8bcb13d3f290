import type { Operator } from '../graph/graph.js';
import { elementwiseRules } from './elementwise-rules.js';
import { matrixRules } from './matrix-rules.js';
import { shapeRules } from './shape-rules.js';
import type { Rule } from './rule.js';

/** How each operator hands a gradient back; comparisons, Sign and Shape are absent since they have no slope. */
export const rules: Readonly<Partial<Record<Operator, Rule>>> = {
  ...elementwiseRules,
  ...matrixRules,
  ...shapeRules,
};
