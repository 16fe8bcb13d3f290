import { spawn, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { LossyWriter } from '@tallyhouse/config';
import { CliError } from '../cli.errors.js';
import { ROOT } from '../paths.js';

export type AppName = 'indexer' | 'worker' | 'api';

/** A busy machine is no fault; what hangs still ends. */
const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 8_000;

/** One of our processes: started, watched, logged to a file. */
export class AppProcess {
  private child: ChildProcess | undefined;
  private log: LossyWriter | undefined;
  private stopping = false;

  /** @param onExit called when it ends though nobody asked it to */
  public constructor(
    public readonly name: AppName,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly logFolder: string,
    private readonly onExit: (name: AppName, reason: string) => void,
  ) {}

  public get pid(): number | undefined {
    return this.child?.pid;
  }

  public get logPath(): string {
    return join(this.logFolder, `${this.name}.log`);
  }

  /** Starts it and waits for its word that it is ready. */
  public async start(): Promise<void> {
    this.stopping = false;
    const entry = join(ROOT, 'dist', 'apps', this.name, 'src', 'main.js');
    const child = spawn(process.execPath, [entry], {
      env: { ...inherited(), ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.child = child;
    this.log ??= new LossyWriter(openSync(this.logPath, 'a'), lossLine);
    for (const output of [child.stderr, child.stdout])
      output.on('data', (piece: Buffer) => this.log?.write(piece));
    await this.ready(child);
    child.once('exit', (code, signal) => {
      if (!this.stopping) this.onExit(this.name, signal ? `by ${signal}` : `with ${code}`);
    });
  }

  /** @returns the code that it ended with, or the signal that ended it; null when it had ended before */
  public async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    this.stopping = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const gone = new Promise<number | NodeJS.Signals | null>((resolve) =>
      child.once('exit', (code, by) => resolve(code ?? by)),
    );
    child.kill(signal);
    const insist = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    const end = await gone;
    clearTimeout(insist);
    return end;
  }

  private ready(child: ChildProcess): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (what: string): void =>
        reject(new CliError(`the ${this.name} ${what}`, `see the end of ${this.logPath}`));
      const timer = setTimeout(
        () => fail(`was not ready within ${START_TIMEOUT_MS / 1_000} s`),
        START_TIMEOUT_MS,
      );
      child.once('exit', (code) => {
        clearTimeout(timer);
        fail(`ended with ${code} while it started`);
      });
      child.once('error', (error) => fail(`could not be started: ${error.message}`));
      createInterface({ input: child.stdout! }).on('line', (line) => {
        if (!line.includes('"event":"ready"')) return;
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

function lossLine(lines: number, code: string): string {
  return JSON.stringify({ event: 'log-lines-lost', lines, code });
}

/** What a child needs of our environment; secrets of the shell stay here. */
function inherited(): Record<string, string> {
  const names = [
    ...['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'TALLYHOUSE_DEVICE', 'LOG_LEVEL', 'LD_LIBRARY_PATH'],
    ...['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG'],
    ...['API_METRICS_PORT', 'INDEXER_PORT', 'WORKER_PORT', 'METRICS_TOKEN'],
  ];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
