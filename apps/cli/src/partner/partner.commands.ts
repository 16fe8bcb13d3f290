import type { Command } from 'commander';
import { addKeyCommands } from './key.commands.js';
import { addPrefixCommands } from './prefix.commands.js';
import { addProfileCommands } from './profile.commands.js';

/** `tallyhouse partner key|profile|prefix` */
export function addPartnerCommands(program: Command): void {
  const partner = program
    .command('partner')
    .description("partners' access to capture, and what their events must be");
  addKeyCommands(partner);
  addProfileCommands(partner);
  addPrefixCommands(partner);
}
