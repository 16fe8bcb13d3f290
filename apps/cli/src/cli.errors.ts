/** A failure that the person at the keyboard can act on: what happened, and the way out. */
export class CliError extends Error {
  public constructor(
    message: string,
    public readonly advice: string,
  ) {
    super(message);
    this.name = 'CliError';
  }
}

/** The words for any failure; a stack is shown only when `DEBUG` asks for it. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return `tallyhouse: ${String(error)}`;
  const advice = 'advice' in error && typeof error.advice === 'string' ? error.advice : undefined;
  const said =
    error.message.includes(advice ?? '\u0000') || advice === undefined
      ? error.message
      : `${error.message}\n  ${advice}`;
  return `tallyhouse: ${said}${process.env['DEBUG'] ? `\n${error.stack ?? ''}` : ''}`;
}
