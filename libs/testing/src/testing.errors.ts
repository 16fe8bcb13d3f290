/** A local server could not be started; the message carries what it said and what to do. */
export class LocalServerError extends Error {
  public readonly code = 'LOCAL_SERVER_FAILED';

  public constructor(problem: string, output = '') {
    super(output.trim() === '' ? problem : `${problem}\n${output.trim().slice(-2_000)}`);
    this.name = 'LocalServerError';
  }
}
