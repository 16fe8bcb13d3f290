import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { MetricRegistry } from './registry.js';

const RESOLUTION_MS = 20;
const NS_A_SECOND = 1e9;
const US_A_SECOND = 1e6;

/**
 * Memory, processor time and the delay of the event loop since the last look; the same names as other Node.js programs
 * use for them.
 *
 * @returns what ends the measuring
 */
export function measureProcess(registry: MetricRegistry): () => void {
  const memory = registry.gauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory that the process holds.',
  });
  const processor = registry.counter({ name: 'process_cpu_seconds_total', help: 'Processor time used.' });
  const started = registry.gauge({
    name: 'process_start_time_seconds',
    help: 'When the process began, seconds since 1970.',
  });
  const heap = registry.gauge({ name: 'nodejs_heap_used_bytes', help: 'Memory that objects take.' });
  const delay = registry.gauge({
    name: 'nodejs_eventloop_delay_seconds',
    help: 'How late timers were since the last look, by quantile.',
    labels: ['quantile'],
  });
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  loop.enable();
  started.set(performance.timeOrigin / 1_000);
  const stopLooking = registry.onRead(() => {
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    memory.set(rss);
    heap.set(heapUsed);
    processor.reach((user + system) / US_A_SECOND);
    for (const percent of [50, 90, 99]) delay.set(lateness(loop.percentile(percent)), `0.${percent}`);
    delay.set(lateness(loop.max), '1');
    loop.reset();
  });
  return () => {
    loop.disable();
    stopLooking();
  };
}

/** What the histogram says is the time between two ticks; its resolution is no delay. */
function lateness(ns: number): number {
  return Number.isFinite(ns) ? Math.max(0, ns / NS_A_SECOND - RESOLUTION_MS / 1_000) : 0;
}
