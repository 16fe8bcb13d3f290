import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '../threads/thread-entry.js';
import { STOP, type HostReply, type HostRequest } from './messages.js';

/** A thread keeps the event loop free; a process also survives a driver that aborts. */
export type HostKind = 'thread' | 'process';

export interface Host {
  post(request: HostRequest): void;
  /** Whether a pending answer keeps this process running. */
  busy(pending: boolean): void;
  stop(): Promise<void>;
}

export interface HostEvents {
  readonly onReply: (reply: HostReply) => void;
  /** Called once, when the host is gone for whatever reason. */
  readonly onEnd: (reason: string) => void;
}

/** A call that takes longer than this when a thread is stopped is broken off. */
const LAST_CALL_MS = 30_000;

const { url, execArgv } = threadEntry(import.meta.url, 'engine-host');

function startThread({ onReply, onEnd }: HostEvents): Host {
  const worker = new Worker(url, { execArgv });
  let reason = '';
  worker.on('message', onReply);
  worker.on('error', (error) => (reason = String(error)));
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('exit', (code) => onEnd(reason || `its thread ended with code ${code}`));
  return {
    post: (request) => worker.postMessage(request),
    busy: (pending) => (pending ? worker.ref() : worker.unref()),
    async stop() {
      // A runtime that is broken off amid a call may abort the whole process, so the thread ends after the call that it is at.
      worker.postMessage(STOP);
      const late = setTimeout(() => void worker.terminate(), LAST_CALL_MS);
      await ended;
      clearTimeout(late);
    },
  };
}

function startProcess({ onReply, onEnd }: HostEvents): Host {
  const child = fork(fileURLToPath(url), {
    execArgv,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let reason = '';
  child.on('message', (message) => onReply(message as HostReply));
  child.on('error', (error) => (reason = String(error)));
  child.on('exit', (code, signal) => onEnd(reason || `its process ended with ${signal ?? `code ${code}`}`));
  return {
    post: (request) => void child.send(request, (error) => error && (reason ||= String(error))),
    busy(pending) {
      if (pending) child.ref();
      else child.unref();
      if (pending) child.channel?.ref();
      else child.channel?.unref();
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
}

/** Starts `engine-host` in a thread or a process of its own. */
export function startHost(kind: HostKind, events: HostEvents): Host {
  return kind === 'thread' ? startThread(events) : startProcess(events);
}
