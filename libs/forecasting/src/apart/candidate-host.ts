import { fork, type ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { ApartError } from './apart.errors.js';
import type { ApartReply, ApartRequest } from './apart-messages.js';
import { firstToGo, residentMb } from './resident-memory.js';

/** How often its memory is looked at. */
const LOOK_MS = 200;

/** What one run of a candidate may cost. */
export interface ApartBounds {
  /** From the start of its process to its end, whatever it is asked meanwhile. */
  readonly timeoutMs: number;
  /** Of JavaScript objects, in MiB. */
  readonly heapMb: number;
  /** Of all memory that it holds, weights and engine included, in MiB; looked at every 200 ms where the system tells. */
  readonly residentMb: number;
  /** The file that its process runs. */
  readonly entry: string;
}

/** The process of one candidate: asked one thing at a time, killed at its bound. */
export class CandidateHost {
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;
  private readonly timer: NodeJS.Timeout;
  private readonly look: NodeJS.Timeout;
  private reason: string | undefined;

  public constructor({ timeoutMs, heapMb, residentMb: most, entry }: ApartBounds) {
    this.child = fork(entry, {
      // Keys and addresses of this process are none of a stranger's file.
      env: {},
      execArgv: [`--max-old-space-size=${heapMb}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const { pid } = this.child;
    if (pid !== undefined) yieldMachine(pid);
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => {
        this.reason ??= `its process did not start: ${error.message}`;
        resolve();
      });
      this.child.once('close', (code, signal) => {
        this.reason ??= `its process ended with ${signal ?? `code ${code}`} before it answered; it may need more memory`;
        resolve();
      });
    });
    this.timer = setTimeout(() => {
      this.end(`it took longer than ${timeoutMs / 1_000} seconds and was stopped`);
    }, timeoutMs);
    this.look = setInterval(() => {
      void residentMb(pid ?? 0).then((held) => {
        if ((held ?? 0) > most) this.end(`it held more than ${most} MiB of memory and was stopped`);
      });
    }, LOOK_MS);
  }

  /** @throws ApartError when the process refuses, or ends before it answers */
  public async ask(request: ApartRequest): Promise<ApartReply> {
    const answered = new Promise<ApartReply>((resolve) => {
      this.child.once('message', (reply) => resolve(reply as ApartReply));
    });
    // A process that is gone takes no request; why it is gone is said below.
    if (this.child.connected) this.child.send(request, () => undefined);
    const reply = await Promise.race([answered, this.ended]);
    if (reply) return reply;
    throw new ApartError(this.reason ?? 'its process ended');
  }

  public async stop(): Promise<void> {
    clearTimeout(this.timer);
    clearInterval(this.look);
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private end(reason: string): void {
    this.reason ??= reason;
    this.child.kill('SIGKILL');
  }
}

/** Some systems refuse; the run is bounded all the same. */
function yieldMachine(pid: number): void {
  void firstToGo(pid);
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Nothing depends on it.
  }
}
