import { ComputeError, reasonOf } from '../compute.errors.js';
import type { Device, Engine } from './engine.js';
import type { EngineRequest } from './messages.js';
import { measureProduct } from './reference-product.js';
import { openRemoteEngine } from './remote-engine.js';

/** What `doctor` shows of one engine. */
export interface EngineReport extends EngineRequest {
  readonly ok: boolean;
  /** Why it cannot be used; absent when it can. */
  readonly reason?: string;
  /** Speed of a 512 by 512 product, 10^9 operations a second; absent when it cannot be used. */
  readonly gflops?: number;
}

export interface EngineOptions {
  /** `cpu`, `webgpu`, `cuda`, `wasm`, or `<engine>:<device>` such as `tensorflow:cpu`; absent or `auto` tries all. */
  readonly device?: string;
  /** Threads of the cpu engine; the runtime's choice when absent. */
  readonly threads?: number;
  /** Take a GPU whose driver is software too: to try that way where there is no GPU. */
  readonly softwareToo?: boolean;
  /** A monotonic clock, milliseconds; it times the probe and nothing else. */
  readonly nowMs?: () => number;
}

/** All engines, best first; each device's first entry is what its bare name asks for. */
const engines: readonly EngineRequest[] = [
  { name: 'onnxruntime', device: 'cuda' },
  { name: 'tensorflow', device: 'cuda' },
  { name: 'onnxruntime', device: 'webgpu' },
  { name: 'onnxruntime', device: 'cpu' },
  { name: 'tensorflow', device: 'wasm' },
  { name: 'tensorflow', device: 'cpu' },
];

/** A GPU driver may abort its process, and a slow one is software: below this a CPU does better. */
const slowestGpuGflops = 20;
const isGpu = (device: Device): boolean => device === 'cuda' || device === 'webgpu';

function open(request: EngineRequest): Promise<Engine> {
  return openRemoteEngine(request, isGpu(request.device) ? 'process' : 'thread');
}

/**
 * What is said of an engine that computes right, by its speed: a GPU below 20 GFLOP/s is a software driver, which is not
 * taken unless it is asked for.
 */
export function reportOf(request: EngineRequest, gflops: number, softwareToo: boolean): EngineReport {
  if (!isGpu(request.device) || gflops >= slowestGpuGflops || softwareToo)
    return { ...request, ok: true, gflops };
  const reason = `${gflops.toFixed(1)} GFLOP/s: a software driver, the cpu is faster`;
  return { ...request, ok: false, gflops, reason };
}

async function probed(
  request: EngineRequest,
  { nowMs = monotonicMs, softwareToo = false }: EngineOptions,
): Promise<EngineReport> {
  let engine: Engine | undefined;
  try {
    engine = await open(request);
    const { gflops } = await measureProduct(engine, nowMs);
    return reportOf(request, gflops, softwareToo);
  } catch (error) {
    return { ...request, ok: false, reason: reasonOf(error).trim() };
  } finally {
    await engine?.close();
  }
}

const monotonicMs = (): number => performance.now();

/**
 * Tries every engine in a thread or process of its own: loads it, checks a product within 1e-5, measures it. Never
 * throws; an engine that is not there is a report with a reason.
 * @example (await probeEngines()).find(({ ok }) => ok)?.device // 'cpu' on a machine without a GPU
 */
export async function probeEngines(options: EngineOptions = {}): Promise<EngineReport[]> {
  const reports: EngineReport[] = [];
  // One after another: two that measure at once would measure each other.
  for (const request of engines) reports.push(await probed(request, options));
  return reports;
}

function wanted(device: string | undefined): readonly EngineRequest[] {
  if (device === undefined || device === '' || device === 'auto') return engines;
  const found = engines.filter(
    (known) => known.device === device || `${known.name}:${known.device}` === device,
  );
  if (found.length > 0) return found;
  const names = engines.map(({ name, device: known }) => `${name}:${known}`).join(', ');
  throw new ComputeError(
    'engine-missing',
    `there is no device '${device}': choose auto, cpu, webgpu, cuda, wasm or one of ${names}`,
  );
}

/**
 * The engine that `options.device` asks for, or the best that works: cuda, webgpu, cpu, wasm.
 * GPUs are probed first (right within 1e-5, no software driver), the others are simply opened.
 * @throws ComputeError `engine-missing`, with the reason of each that was tried
 */
export async function selectEngine(options: EngineOptions = {}): Promise<EngineRequest> {
  const reasons: string[] = [];
  for (const request of wanted(options.device)) {
    if (!isGpu(request.device)) return request;
    const report = await probed(request, options);
    if (report.ok) return request;
    reasons.push(`${request.name}:${request.device}: ${report.reason}`);
  }
  throw new ComputeError('engine-missing', `no engine works for '${options.device}': ${reasons.join('; ')}`);
}

/**
 * Opens an engine outside this thread: GPUs in a child process, the others in a worker thread.
 * @param options pass the configured device (`TALLYHOUSE_DEVICE`) as `device`
 * @throws ComputeError `engine-missing` when what was asked for does not work here
 * @example
 * const engine = await openEngine({ device: 'cpu' });
 * const session = await engine.load(model);
 * await session.run({ x: float32([1, 2], [3, 4]) });
 */
export async function openEngine(options: EngineOptions = {}): Promise<Engine> {
  const request = await selectEngine(options);
  return open({ ...request, ...(options.threads !== undefined && { threads: options.threads }) });
}
