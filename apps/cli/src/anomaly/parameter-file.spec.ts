import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parameterChanges, SHIPPED_EVENT_PARAMETERS, SHIPPED_PARAMETERS } from '@tallyhouse/anomalies';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { evaluateAlone } from './evaluate-parameters.js';
import { readAnomalyReport, reportWords } from './evaluation-report.js';
import { openParameters, withChanges } from './parameter-file.js';

describe('a file of parameters on the command line', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tallyhouse-parameters-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is changed by names as the list gives them, and by nothing else', () => {
    const changed = withChanges(SHIPPED_PARAMETERS, [
      'readings.alarmNovelty=3',
      'series.weights.level-shift=0',
      'series.candidatePValue=1e-3',
    ]);
    expect(parameterChanges(SHIPPED_PARAMETERS, changed).map(({ name, after }) => [name, after])).toEqual([
      ['series.weights.level-shift', 0],
      ['series.candidatePValue', 0.001],
      ['readings.alarmNovelty', 3],
    ]);
    const ofEvents = withChanges(changed, ['events.window=400', 'events.tailCaution=1']);
    expect(ofEvents.events).toEqual({ ...SHIPPED_EVENT_PARAMETERS, window: 400, tailCaution: 1 });
    expect(changed.events).toBeUndefined();
    for (const text of [
      'readings.loudness=3',
      'readings=3',
      'readings.alarmNovelty=much',
      'series.weights=1',
    ])
      expect(() => withChanges(SHIPPED_PARAMETERS, [text])).toThrow(`${text}: no change of a parameter`);
    expect(() => withChanges(SHIPPED_PARAMETERS, ['readings.alarmNovelty=0'])).toThrow(/0\.5 to 100/);
  });

  it('is held against labelled files, and both are kept by their hashes', async () => {
    const changed = withChanges(SHIPPED_PARAMETERS, [
      'readings.alarmNovelty=4',
      'readings.learningReadings=208',
      'events.memory=300',
    ]);
    const file = join(folder, 'mine.json');
    await writeFile(file, JSON.stringify(JSON.parse(Buffer.from(changed.toBytes()).toString()), null, 2));
    const rows = Array.from({ length: 900 }, (_, at) => {
      const value = 4 + Math.sin(at * 12.9898) + (at >= 700 && at < 730 ? 9 : 0);
      return `${new Date(at * 300_000).toISOString().slice(0, 19).replace('T', ' ')},${value}`;
    });
    await writeFile(join(folder, 'room.csv'), `timestamp,value\n${rows.join('\n')}\n`);
    const window = ['1970-01-03 10:00:00', '1970-01-03 14:00:00'];
    await writeFile(join(folder, 'labels.json'), JSON.stringify({ 'room.csv': [window] }));
    const store = join(folder, 'store');
    const evaluated = await evaluateAlone(file, store, {
      ...{ input: folder, labels: join(folder, 'labels.json') },
    });
    expect(evaluated.artifactSha256).toBe(changed.version);
    expect((await openParameters(evaluated.artifactSha256, store)).version).toBe(changed.version);
    const report = readAnomalyReport(await new FileArtifactStore(store).get(evaluated.reportSha256))!;
    expect(report).toMatchObject({
      ...{
        candidate: changed.version,
        incumbent: SHIPPED_PARAMETERS.version,
        learnsAnew: true,
        learnsEventsAnew: true,
        labels: null,
      },
      files: {
        ...{ files: 1, rows: 900, windows: 1 },
        candidate: { readings: { windowsFound: 1, falseAlarms: 0 } },
      },
    });
    expect(reportWords(report)).toBe(evaluated.summary);
    expect(evaluated.summary).toContain('- readings.alarmNovelty: 2 becomes 4');
    expect(evaluated.summary).toContain('Sensors are learned from anew');
    expect(evaluated.summary).toContain('Events are learned from anew');
  });

  it('says what to do where there is none', async () => {
    await expect(openParameters(join(folder, 'none.json'), undefined)).rejects.toThrow(/cannot be read/);
    await expect(openParameters(SHIPPED_PARAMETERS.version, undefined)).rejects.toThrow(/store of a running/);
  });
});
