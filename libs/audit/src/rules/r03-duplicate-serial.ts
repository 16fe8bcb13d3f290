import { Grace } from '../engine/grace.js';
import { isBirth, isReturn } from '../engine/life.js';
import type { History, Mention, RuleContext, Verdict, Violation } from '../engine/rule.js';
import { item, place, when } from '../engine/words.js';

const parameters = {
  /** Time in which a missing record may still arrive. */
  graceHours: 96,
};

/** R3: one serial number exists twice: commissioned twice, or sold twice without coming back in between. */
export const duplicateSerial = {
  id: 'R3',
  title: 'Duplicate serial',
  severity: 'CRITICAL',
  hard: true,
  scope: 'ITEM',
  parameters,
  judge,
} as const;

function judge({ uri, mentions }: History, { graceHours }: typeof parameters, context: RuleContext): Verdict {
  const births = mentions.filter((mention) => mention.role !== 'PARENT' && isBirth(mention));
  const violations: Violation[] = [];
  if (births.length > 1) violations.push(twice('commissioned', uri, births, context));
  const sold = soldAgain(mentions);
  const grace = new Grace(graceHours, context.now);
  if (sold.length > 1 && grace.isOver(...sold.map(({ fact }) => fact)))
    violations.push(twice('sold', uri, sold, context));
  return grace.verdict(violations);
}

/** The first two sales with no return between them, or nothing. */
function soldAgain(mentions: readonly Mention[]): Mention[] {
  let open: Mention | undefined;
  for (const mention of mentions) {
    if (isReturn(mention)) open = undefined;
    if (mention.role !== 'EPC' || mention.fact.bizStep !== 'retail_selling') continue;
    if (open) return [open, mention];
    open = mention;
  }
  return [];
}

function twice(what: string, uri: string, mentions: readonly Mention[], context: RuleContext): Violation {
  const [first, second] = [mentions[0]!.fact, mentions[1]!.fact];
  const explanation =
    `The ${item(uri)} was ${what} in ${place(first.site, context.reference)} on ${when(first.time)} and again in ` +
    `${place(second.site, context.reference)} on ${when(second.time)}.`;
  return { key: what, evidence: [second.id, first.id], at: second.time, explanation };
}
