import { Command } from 'commander';
import { describe, expect, it } from '@jest/globals';
import { COMMAND_GROUPS, groupsFor } from './command-groups.js';

describe('groups of commands', () => {
  it('add the commands that they name, and no other', async () => {
    for (const group of COMMAND_GROUPS) {
      const program = new Command();
      await group.add(program);
      expect(program.commands.map((command) => command.name())).toEqual(group.names);
    }
  });

  it('are one for a command, and all for what is none', () => {
    expect(groupsFor('verify').map(({ names }) => names)).toEqual([['verify']]);
    expect(groupsFor('help')).toBe(COMMAND_GROUPS);
    expect(groupsFor(undefined)).toBe(COMMAND_GROUPS);
  });
});
