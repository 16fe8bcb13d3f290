/** The environment does not describe a runnable configuration; the message names each variable and the way out. */
export class ConfigError extends Error {
  public readonly code = 'CONFIG_INVALID';

  public constructor(problems: readonly string[]) {
    super(`The environment cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}
