import { FSIS_RECALL_REASONS, NO_GUIDE, type LabelGuide } from '@tallyhouse/nlp';
import { CliError } from '../cli.errors.js';

const GUIDES: Readonly<Record<string, LabelGuide>> = { none: NO_GUIDE, fsis: FSIS_RECALL_REASONS };

export const GUIDE_NAMES = ['auto', ...Object.keys(GUIDES)].join(', ');

/** The guide of that name; `auto` takes one that describes most of the labels. */
export function guideNamed(name: string, labels: readonly string[]): LabelGuide {
  if (name !== 'auto') {
    const guide = GUIDES[name];
    if (!guide) throw new CliError(`no label guide is called ${name}`, `choose one of ${GUIDE_NAMES}`);
    return guide;
  }
  const described = (guide: LabelGuide): number => labels.filter((label) => label in guide.labels).length;
  return Object.values(GUIDES).find((guide) => described(guide) > labels.length / 2) ?? NO_GUIDE;
}
