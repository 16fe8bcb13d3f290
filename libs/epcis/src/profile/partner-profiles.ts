import type { EventFault } from '../checks/event-fault.js';
import type { EpcisEvent } from '../epcis.types.js';
import { expandWord, modernCbvUri, WORD_NAMESPACE } from '../hash/vocabulary.js';
import type { Profile } from './profile.js';

/** One version of a profile, and the events that it is for. */
export type PartnerProfile = {
  /** Stable name; versions of one name follow each other. */
  name: string;
  /** From 1. */
  version: number;
  /** Business steps of the events that it judges, in any spelling of CBV; empty: all events. */
  bizSteps: readonly string[];
  profile: Profile;
};

/**
 * What the profiles that are for this event do not allow in it. The rule names profile, version and keyword.
 *
 * @example profileFaultsOf(event, profiles)[0]?.rule // 'profile:shipping@2:required'
 */
export function profileFaultsOf(event: EpcisEvent, profiles: readonly PartnerProfile[]): EventFault[] {
  return profiles
    .filter(({ bizSteps }) => bizSteps.length === 0 || isOneOf(event.bizStep, bizSteps))
    .flatMap(({ name, version, profile }) =>
      profile.faults(event).map((fault) => ({ ...fault, rule: `profile:${name}@${version}:${fault.rule}` })),
    );
}

function isOneOf(bizStep: string | undefined, bizSteps: readonly string[]): boolean {
  return bizStep !== undefined && bizSteps.some((step) => bizStepUri(step) === bizStepUri(bizStep));
}

/** The URI of a business step, however it is spelled. */
export function bizStepUri(bizStep: string): string {
  return modernCbvUri(expandWord(bizStep.trim(), WORD_NAMESPACE.bizStep));
}
