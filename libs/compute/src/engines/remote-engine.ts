import { ComputeError } from '../compute.errors.js';
import type { Tensor } from '../tensor.js';
import type { Engine, Session, Tensors } from './engine.js';
import { startHost } from './host-transport.js';
import type { Host, HostKind } from './host-transport.js';
import type { EngineRequest, HostCall, HostReply } from './messages.js';

interface Waiting {
  readonly resolve: (result: Tensors | number | undefined) => void;
  readonly reject: (error: ComputeError) => void;
}

/** Sends calls to a host and matches its replies; a host that dies fails every call, now and later. */
class HostLine {
  private readonly label: string;
  private readonly host: Host;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private ended: ComputeError | undefined;

  constructor(label: string, kind: HostKind) {
    this.label = label;
    this.host = startHost(kind, {
      onReply: (reply) => this.settle(reply),
      onEnd: (reason) => this.end(reason),
    });
    this.host.busy(false);
  }

  ask(call: HostCall): Promise<Tensors | number | undefined> {
    if (this.ended) return Promise.reject(this.ended);
    return new Promise((resolve, reject) => {
      this.lastId += 1;
      this.waiting.set(this.lastId, { resolve, reject });
      this.host.busy(true);
      this.host.post({ id: this.lastId, call });
    });
  }

  async stop(): Promise<void> {
    this.end('it was closed');
    // An idle host does not keep this process running; waiting for its end must.
    this.host.busy(true);
    await this.host.stop();
  }

  private settle(reply: HostReply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (this.waiting.size === 0) this.host.busy(false);
    if (reply.ok) waiting?.resolve(reply.result);
    else waiting?.reject(new ComputeError(reply.code, reply.message));
  }

  private end(reason: string): void {
    this.ended ??= new ComputeError(
      'engine-stopped',
      `the engine ${this.label} stopped (${reason}): open it again and load its models again`,
    );
    for (const { reject } of this.waiting.values()) reject(this.ended);
    this.waiting.clear();
  }
}

function sessionOver(line: HostLine, session: number): Session {
  const step = async (
    inputs: Tensors,
    feedback: Readonly<Record<string, string>>,
  ): Promise<Record<string, Tensor>> =>
    (await line.ask({ kind: 'step', session, inputs, feedback })) as Record<string, Tensor>;
  return {
    run: (inputs) => step(inputs, {}),
    hold: async (inputs) => void (await line.ask({ kind: 'hold', session, inputs })),
    step,
    held: async (names) => (await line.ask({ kind: 'held', session, names })) as Record<string, Tensor>,
    dispose: async () => void (await line.ask({ kind: 'dispose', session })),
  };
}

/**
 * An engine in a thread or process of its own, behind the same interface.
 * @throws ComputeError `engine-missing` when the runtime does not load there
 */
export async function openRemoteEngine(request: EngineRequest, kind: HostKind): Promise<Engine> {
  const line = new HostLine(`${request.name} on ${request.device}`, kind);
  try {
    await line.ask({ kind: 'open', engine: request });
  } catch (error) {
    await line.stop();
    throw error;
  }
  return {
    name: request.name,
    device: request.device,
    load: async (model) => sessionOver(line, Number(await line.ask({ kind: 'load', model }))),
    close: () => line.stop(),
  };
}
