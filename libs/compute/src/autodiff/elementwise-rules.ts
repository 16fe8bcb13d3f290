import type { GraphBuilder, Value } from '../graph/graph-builder.js';
import { operand, unbroadcast } from './rule.js';
import type { Rule, RuleContext } from './rule.js';

type Slope = (context: RuleContext & { x: Value }) => Value;

function unary(slope: Slope): Rule {
  return (context) => [() => slope({ ...context, x: operand(context, 0) })];
}

type BinarySlope = (context: RuleContext & { a: Value; b: Value }) => Value;

function binary(left: BinarySlope, right: BinarySlope): Rule {
  return (context) => {
    const [a, b] = [operand(context, 0), operand(context, 1)];
    return [
      () => unbroadcast(context.g, left({ ...context, a, b }), a.dims),
      () => unbroadcast(context.g, right({ ...context, a, b }), b.dims),
    ];
  };
}

/** The gradient where the mask is set, 0 elsewhere (never 0 times infinity). */
function masked(g: GraphBuilder, mask: Value, slope: Value): Value {
  return g.where(mask, slope, 0);
}

const twoOverRootPi = 2 / Math.sqrt(Math.PI);

/** Gradients of operators that work element by element. */
export const elementwiseRules = {
  Add: binary(
    ({ slope }) => slope,
    ({ slope }) => slope,
  ),
  Sub: binary(
    ({ slope }) => slope,
    ({ g, slope }) => g.neg(slope),
  ),
  Mul: binary(
    ({ g, slope, b }) => g.mul(slope, b),
    ({ g, slope, a }) => g.mul(slope, a),
  ),
  Div: binary(
    ({ g, slope, b }) => g.div(slope, b),
    ({ g, slope, result, b }) => g.neg(g.div(g.mul(slope, result), b)),
  ),
  Pow: binary(
    ({ g, slope, a, b }) => g.mul(slope, g.mul(b, g.pow(a, g.sub(b, 1)))),
    ({ g, slope, result, a }) => g.mul(slope, g.mul(result, g.log(a))),
  ),
  Max: binary(
    ({ g, slope, a, b }) => masked(g, g.greater(a, b), slope),
    ({ g, slope, a, b }) => g.where(g.greater(a, b), 0, slope),
  ),
  Min: binary(
    ({ g, slope, a, b }) => masked(g, g.greater(b, a), slope),
    ({ g, slope, a, b }) => g.where(g.greater(b, a), 0, slope),
  ),
  Neg: unary(({ g, slope }) => g.neg(slope)),
  Exp: unary(({ g, slope, result }) => g.mul(slope, result)),
  Log: unary(({ g, slope, x }) => g.div(slope, x)),
  Sqrt: unary(({ g, slope, result }) => g.div(slope, g.mul(result, 2))),
  Abs: unary(({ g, slope, x }) => g.mul(slope, g.sign(x))),
  Sin: unary(({ g, slope, x }) => g.mul(slope, g.cos(x))),
  Cos: unary(({ g, slope, x }) => g.neg(g.mul(slope, g.sin(x)))),
  Erf: unary(({ g, slope, x }) => g.mul(g.mul(slope, twoOverRootPi), g.exp(g.neg(g.square(x))))),
  Relu: unary(({ g, slope, x }) => masked(g, g.greater(x, 0), slope)),
  Sigmoid: unary(({ g, slope, result }) => g.mul(slope, g.mul(result, g.sub(1, result)))),
  Tanh: unary(({ g, slope, result }) => g.mul(slope, g.sub(1, g.square(result)))),
  Softplus: unary(({ g, slope, x }) => g.mul(slope, g.sigmoid(x))),
  Softmax: unary(({ g, slope, result, node }) => {
    const axis = Number(node.attributes['axis']);
    return g.mul(result, g.sub(slope, g.reduceSum(g.mul(slope, result), [axis], true)));
  }),
  Identity: unary(({ slope }) => slope),
  Cast: unary(({ slope }) => slope),
  Where: (context: RuleContext) => {
    const { g, slope } = context;
    const mask = operand(context, 0);
    return [
      undefined,
      () => unbroadcast(g, g.where(mask, slope, 0), operand(context, 1).dims),
      () => unbroadcast(g, g.where(mask, 0, slope), operand(context, 2).dims),
    ];
  },
} satisfies Record<string, Rule>;
