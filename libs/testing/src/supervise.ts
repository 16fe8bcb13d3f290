import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Makes sure that a server does not outlive this process, however this process ends: a shell waits on a pipe that
 * only we hold, and interrupts the server when the pipe closes. POSIX only.
 */
export function superviseChild(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || process.platform === 'win32') return;
  const script = 'cat >/dev/null; kill -INT "$1" 2>/dev/null';
  const watchdog = spawn('sh', ['-c', script, 'watchdog', String(child.pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.on('error', () => undefined);
  watchdog.stdin.on('error', () => undefined);
  watchdog.unref();
  unref(watchdog.stdin);
  // The process number may be given to somebody else once the server is gone.
  child.once('exit', () => watchdog.kill('SIGKILL'));
}

/** Lets a server run without holding this process, and remembers the last of what it says on standard error. */
export function outputTail(child: ChildProcess): () => string {
  let output = '';
  child.on('error', (error) => (output += error.message));
  child.stderr?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
  unref(child.stderr);
  child.unref();
  return () => output;
}

/** Pipes of child processes are sockets, though their type does not say so. */
function unref(pipe: unknown): void {
  (pipe as { unref?: () => void } | null)?.unref?.();
}

/** Asks a server to end, waits, and insists after `graceMs`. Does nothing when it is already gone. */
export async function stopChild(child: ChildProcess, signal: NodeJS.Signals, graceMs = 5_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // Whoever waits for the end is held until it comes, however long the server takes.
  child.ref();
  child.kill(signal);
  const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await gone;
  clearTimeout(insist);
}

/** Waits until `ready` says true. Ends early when the server exits. @returns false when it exited or time ran out */
export async function waitReady(
  child: ChildProcess,
  ready: () => Promise<boolean>,
  timeoutMs: number,
): Promise<boolean> {
  const attempts = Math.ceil(timeoutMs / READY_INTERVAL_MS);
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return false;
    if (await ready().catch(() => false)) return true;
    await new Promise((resolve) => setTimeout(resolve, READY_INTERVAL_MS));
  }
  return false;
}

const READY_INTERVAL_MS = 40;
