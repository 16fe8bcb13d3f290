import { describe, expect, it, jest } from '@jest/globals';
import { openEngine, probeEngines, reportOf, selectEngine } from './select-engine.js';

// An engine takes seconds to start on a machine that is busy with other tests.
jest.setTimeout(60_000);

describe('choice of an engine', () => {
  it('reports every engine, with a speed or a reason', async () => {
    const reports = await probeEngines();
    for (const { ok, reason, gflops } of reports)
      expect(ok ? gflops : (reason?.length ?? 0)).toBeGreaterThan(0);
    const working = reports.filter(({ ok }) => ok).map(({ name, device }) => `${name}:${device}`);
    expect(working).toEqual(expect.arrayContaining(['onnxruntime:cpu', 'tensorflow:wasm', 'tensorflow:cpu']));
  });

  it('ends on an engine that works when nothing is asked for', async () => {
    const engine = await openEngine();
    expect(['cuda', 'webgpu', 'cpu']).toContain(engine.device);
    await engine.close();
  });

  it('takes an engine by device, or by name and device', async () => {
    expect(await selectEngine({ device: 'cpu' })).toEqual({ name: 'onnxruntime', device: 'cpu' });
    expect(await selectEngine({ device: 'wasm' })).toEqual({ name: 'tensorflow', device: 'wasm' });
    expect(await selectEngine({ device: 'tensorflow:cpu' })).toEqual({ name: 'tensorflow', device: 'cpu' });
  });

  it('takes a GPU whose driver is software only where that is asked for', () => {
    const webgpu = { name: 'onnxruntime', device: 'webgpu' } as const;
    expect(reportOf(webgpu, 1.5, false)).toMatchObject({ ok: false, reason: expect.stringContaining('1.5') });
    expect(reportOf(webgpu, 1.5, true)).toEqual({ ...webgpu, ok: true, gflops: 1.5 });
    expect(reportOf(webgpu, 900, false).ok).toBe(true);
    expect(reportOf({ name: 'onnxruntime', device: 'cpu' }, 1.5, false).ok).toBe(true);
  });

  it('names the choices when the device is unknown', async () => {
    await expect(openEngine({ device: 'abacus' })).rejects.toMatchObject({
      code: 'engine-missing',
      message: expect.stringContaining('onnxruntime:cpu'),
    });
  });
});
