import type { Rule, RuleId } from '../engine/rule.js';
import { notCommissioned } from './r01-not-commissioned.js';
import { shipReceivePair } from './r02-ship-receive-pair.js';
import { duplicateSerial } from './r03-duplicate-serial.js';
import { impossibleTravel } from './r04-impossible-travel.js';
import { rareTransition } from './r05-rare-transition.js';
import { massBalance } from './r06-mass-balance.js';
import { deadSerial } from './r07-dead-serial.js';
import { containmentBroken } from './r08-containment.js';
import { orderInTime } from './r09-order-in-time.js';
import { dwellOutlier } from './r10-dwell-outlier.js';
import { coldChain } from './r11-cold-chain.js';
import { unauthorisedParty } from './r12-unauthorised-party.js';
import { identifierFaults } from './r13-identifier-faults.js';
import { correctionAbuse } from './r14-correction-abuse.js';
import { proximity } from './r15-proximity.js';
import { evidenceGap } from './r16-evidence-gap.js';
import { keyDataElements } from './r17-key-data-elements.js';

/** Every rule by its id, with its default parameters. */
export const RULES = {
  R1: notCommissioned,
  R2: shipReceivePair,
  R3: duplicateSerial,
  R4: impossibleTravel,
  R5: rareTransition,
  R6: massBalance,
  R7: deadSerial,
  R8: containmentBroken,
  R9: orderInTime,
  R10: dwellOutlier,
  R11: coldChain,
  R12: unauthorisedParty,
  R13: identifierFaults,
  R14: correctionAbuse,
  R15: proximity,
  R16: evidenceGap,
  R17: keyDataElements,
} as unknown as Readonly<Record<RuleId, Rule>>;
