import { describe, expect, it } from '@jest/globals';
import { measureProcess } from './process-metrics.js';
import { MetricRegistry } from './registry.js';

describe('MetricRegistry', () => {
  it('writes the text format of Prometheus and leaves out what has no samples', async () => {
    const registry = new MetricRegistry();
    const runs = registry.counter({ name: 'runs_total', help: 'Runs.', labels: ['stage'] });
    registry.gauge({ name: 'nothing', help: 'Never set.' });
    runs.add(2, 'anchor');
    runs.add(1, 'say "hi"\\\n');
    expect((await registry.text()).split('\n')).toEqual([
      ...['# HELP runs_total Runs.', '# TYPE runs_total counter', 'runs_total{stage="anchor"} 2'],
      ...['runs_total{stage="say \\"hi\\"\\\\\\n"} 1', ''],
    ]);
  });

  it('counts values by size, each bucket with those below it', async () => {
    const registry = new MetricRegistry();
    const sizes = registry.histogram({ name: 'seconds', help: 'Size.' }, [0.1, 1]);
    for (const value of [0.05, 0.1, 0.5, 7]) sizes.observe(value);
    const lines = (await registry.text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        ...['seconds_bucket{le="0.1"} 2', 'seconds_bucket{le="1"} 3', 'seconds_bucket{le="+Inf"} 4'],
        ...['seconds_sum 7.65', 'seconds_count 4'],
      ]),
    );
  });

  it('counts together what has too many labels, so that no client fills the memory', async () => {
    const registry = new MetricRegistry();
    const paths = registry.counter({ name: 'paths_total', help: 'Paths.', labels: ['path'] });
    for (let index = 0; index < 10_000; index++) paths.add(1, `/${index}`);
    const lines = (await registry.text()).split('\n').filter((line) => line.startsWith('paths_total'));
    expect(lines).toHaveLength(500);
    expect(lines).toContain('paths_total{path="other"} 9501');
  });

  it('refuses labels that were not announced, and a name for two kinds of metric', () => {
    const registry = new MetricRegistry();
    const gauge = registry.gauge({ name: 'one', help: 'One.', labels: ['a'] });
    expect(() => gauge.set(1)).toThrow(/1 are needed \(a\)/);
    expect(registry.gauge({ name: 'one', help: 'One.', labels: ['a'] })).toBe(gauge);
    expect(() => registry.counter({ name: 'one', help: 'One.' })).toThrow(/another kind/);
  });

  it('looks before it is read, and one look that fails spoils no other', async () => {
    const registry = new MetricRegistry();
    const depth = registry.gauge({ name: 'depth', help: 'Depth.' });
    registry.onRead(() => Promise.reject(new Error('the database is away')));
    const forget = registry.onRead(() => depth.set(4));
    expect(await registry.text()).toContain('depth 4');
    forget();
    depth.set(5);
    expect(await registry.text()).toContain('depth 5');
  });

  it('tells memory, processor time and the delay of the event loop of the process', async () => {
    const registry = new MetricRegistry();
    const stop = measureProcess(registry);
    const text = await registry.text();
    stop();
    const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(value('process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(value('nodejs_eventloop_delay_seconds\\{quantile="0.99"\\}')).toBeGreaterThanOrEqual(0);
  });
});
