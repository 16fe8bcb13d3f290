import { parentPort } from 'node:worker_threads';
import { ComputeError, reasonOf } from '../compute.errors.js';
import type { Engine, Session, Tensors } from './engine.js';
import { STOP, type EngineRequest, type HostCall, type HostReply, type HostRequest } from './messages.js';
import { openOnnxruntimeHere } from './onnxruntime.strategy.js';
import { openTensorflowHere } from './tensorflow.strategy.js';

// The entry of a worker thread or a child process that owns one engine; see remote-engine.ts for the other end.

let engine: Engine | undefined;
const sessions: (Session | undefined)[] = [];

function open({ name, device, threads }: EngineRequest): Promise<Engine> {
  if (name === 'tensorflow') return openTensorflowHere(device);
  if (device === 'wasm')
    throw new ComputeError('engine-missing', 'onnxruntime has no device wasm here: ask for tensorflow');
  return openOnnxruntimeHere({ device, ...(threads !== undefined && { threads }) });
}

function sessionOf(number: number): Session {
  const session = sessions[number];
  if (!session) throw new ComputeError('engine-failed', 'the session was disposed: load the model again');
  return session;
}

async function answer(call: HostCall): Promise<Tensors | number | undefined> {
  if (call.kind === 'open') engine = await open(call.engine);
  else if (call.kind === 'load') {
    if (!engine) throw new ComputeError('engine-failed', 'no engine is open');
    return sessions.push(await engine.load(call.model)) - 1;
  } else if (call.kind === 'hold') await sessionOf(call.session).hold(call.inputs);
  else if (call.kind === 'step') return sessionOf(call.session).step(call.inputs, call.feedback);
  else if (call.kind === 'held') return sessionOf(call.session).held(call.names);
  else {
    await sessionOf(call.session).dispose();
    sessions[call.session] = undefined;
  }
  return undefined;
}

async function reply({ id, call }: HostRequest): Promise<HostReply> {
  try {
    return { id, ok: true, result: await answer(call) };
  } catch (error) {
    const code = error instanceof ComputeError ? error.code : 'engine-failed';
    return { id, ok: false, code, message: reasonOf(error) };
  }
}

const send = (message: HostReply): void => {
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
};

let isStopping = false;
let last: Promise<void> = Promise.resolve();
const take = (request: HostRequest | typeof STOP): void => {
  if (request === STOP) {
    isStopping = true;
    void last.then(() => process.exit(0));
    return;
  }
  last = last.then(async () => {
    // Nobody waits any more for what comes after the call that is running.
    if (!isStopping) send(await reply(request));
  });
};

if (parentPort) parentPort.on('message', take);
else {
  process.on('message', (request) => take(request as HostRequest));
  process.on('disconnect', () => process.exit(0));
}
