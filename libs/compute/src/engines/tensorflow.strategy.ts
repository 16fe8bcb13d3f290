import { ComputeError, reasonOf } from '../compute.errors.js';
import { decodeModel } from '../onnx/decode-model.js';
import type { Device, Engine, Session } from './engine.js';
import type { Tf } from './tensorflow-operators.js';
import { TensorflowSession } from './tensorflow-session.js';

interface Backend {
  readonly device: Device;
  readonly name: string;
  /** Imports the packages and gives back tfjs with the backend registered. */
  readonly open: () => Promise<Tf>;
}

function exportsOf<T extends object>(loaded: T): T {
  return (loaded as T & { default?: T }).default ?? loaded;
}

async function openWasm(): Promise<Tf> {
  const tf = exportsOf(await import('@tensorflow/tfjs')) as Tf;
  await import('@tensorflow/tfjs-backend-wasm');
  // Its threads start browser workers, which Node does not have.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  return tf;
}

/** An operator installs these on purpose; they are in no lockfile of ours, so their names are no import of ours. */
async function openPeer(name: string): Promise<Tf> {
  return exportsOf((await import(name)) as Tf);
}

const backends: readonly Backend[] = [
  { device: 'cuda', name: 'tensorflow', open: () => openPeer('@tensorflow/tfjs-node-gpu') },
  { device: 'cpu', name: 'tensorflow', open: () => openPeer('@tensorflow/tfjs-node') },
  { device: 'wasm', name: 'wasm', open: openWasm },
  { device: 'cpu', name: 'cpu', open: async () => exportsOf(await import('@tensorflow/tfjs')) as Tf },
];

async function opened(backend: Backend): Promise<Tf> {
  const tf = await backend.open();
  tf.enableProdMode();
  if (!(await tf.setBackend(backend.name))) throw new Error(`the backend ${backend.name} does not start`);
  await tf.ready();
  return tf;
}

function engineOf(tf: Tf, { device, name }: Backend): Engine {
  const activate = async (): Promise<void> => {
    if (tf.getBackend() !== name) await tf.setBackend(name);
  };
  const sessions = new Set<Session>();
  return {
    name: 'tensorflow',
    device,
    async load(model) {
      const { graph } = decodeModel(model);
      await activate();
      const session = new TensorflowSession(tf, activate, graph);
      sessions.add(session);
      return session;
    },
    async close() {
      for (const session of sessions) await session.dispose();
      sessions.clear();
    },
  };
}

/**
 * TensorFlow.js in this very thread: `@tensorflow/tfjs-node-gpu` (device cuda) and `@tensorflow/tfjs-node` (cpu)
 * where they are installed, else its wasm and plain cpu backends. The first that opens is used.
 * @param device one of them only; any when absent
 * @throws ComputeError `engine-missing`, with the reason of each that failed
 */
export async function openTensorflowHere(device?: Device): Promise<Engine> {
  const reasons: string[] = [];
  for (const backend of backends.filter((known) => device === undefined || known.device === device)) {
    try {
      return engineOf(await opened(backend), backend);
    } catch (error) {
      reasons.push(reasonOf(error).split(/\n| imported from /, 1)[0] ?? '');
    }
  }
  const message = `tensorflow has no device ${device ?? 'at all'}: ${reasons.join('; ') || 'none is known by that name'}`;
  throw new ComputeError('engine-missing', message);
}
