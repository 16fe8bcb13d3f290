import type { Evaluation, MethodFigures } from '@tallyhouse/nlp';

const round = (value: number): number => Number(value.toFixed(4));

/** F1 by label, rounded. */
const byLabel = ({ byLabel: list }: MethodFigures): Record<string, number> =>
  Object.fromEntries(list.map(({ label, f1 }) => [label, round(f1)]));

/** The figures of one method as plain JSON, to four digits. */
export function methodFigures(method: MethodFigures) {
  const { macroF1, microF1, meanAveragePrecision, ece, topLabelEce, classwiseEce, brier } = method;
  return {
    macroF1: round(macroF1),
    microF1: round(microF1),
    meanAveragePrecision: round(meanAveragePrecision),
    ece: round(ece),
    topLabelEce: round(topLabelEce),
    classwiseEce: round(classwiseEce),
    brier: round(brier),
    trainingSeconds: round(method.trainingSeconds),
    f1ByLabel: byLabel(method),
  };
}

/** An evaluation as plain JSON. */
export function evaluationFigures(found: Evaluation) {
  const { model, baseline, trained } = found;
  return {
    trainingTexts: found.trainingTexts,
    evaluatedTexts: found.evaluatedTexts,
    nearDuplicatesLeftOut: found.nearDuplicatesLeftOut,
    model: {
      ...methodFigures(model),
      textsPerSecond: model.textsPerSecond,
      outOfDomain: round(model.outOfDomain),
      guide: model.guide,
      settings: trained.settings,
    },
    baseline: baseline && methodFigures(baseline),
  };
}
