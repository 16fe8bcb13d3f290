import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';

const FOLDER = 'docs/operations/deployment';
const PROCESSES = ['api', 'indexer', 'worker'] as const;
/** Read by the SDK of OpenTelemetry itself. */
const BY_SDK = ['OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG', 'OTEL_EXPORTER_OTLP_HEADERS'];
const SECRET = /PASSWORD|PRIVATE_KEY|TOKEN|SECRET|DATABASE_URL|ACCESS_KEY/;

type Node = Readonly<Record<string, unknown>>;

const read = (path: string): Promise<string> => readFile(join(FOLDER, path), 'utf8');

async function documents(path: string): Promise<Node[]> {
  return parseAllDocuments(await read(path), { merge: true }).map((document) => {
    expect([path, document.errors]).toEqual([path, []]);
    return document.toJS() as Node;
  });
}

/** A value at a path of names and positions. */
function at(node: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (value as Record<string | number, unknown> | undefined)?.[name],
    node,
  );
}

/** Every value under a name, however deep. */
function all(node: unknown, name: string): unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => [
    ...(key === name ? [value] : []),
    ...all(value, name),
  ]);
}

describe('the files of a deployment', () => {
  let known: Set<string>;
  let compose: Node;
  let base: Node[];
  let example: Node[];

  beforeAll(async () => {
    const named = await readFile('.env.example', 'utf8');
    known = new Set([...[...named.matchAll(/^([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name!), ...BY_SDK]);
    [compose] = (await documents('compose.yaml')) as [Node];
    const inFolder = async (folder: string): Promise<Node[]> => {
      const names = (await readdir(join(FOLDER, folder))).filter((name) => name.endsWith('.yaml'));
      return (await Promise.all(names.map((name) => documents(`${folder}/${name}`)))).flat();
    };
    [base, example] = await Promise.all([inFolder('kustomize/base'), inFolder('kustomize/example')]);
  });

  const service = (name: string): Node => at(compose, 'services', name) as Node;
  const deployment = (name: string): Node =>
    base.find(
      (node) => node['kind'] === 'Deployment' && at(node, 'metadata', 'name') === `tallyhouse-${name}`,
    )!;
  const container = (name: string): Node =>
    at(deployment(name), 'spec', 'template', 'spec', 'containers', 0) as Node;

  it('name no variable that our configuration does not know', () => {
    const inCompose = [...PROCESSES, 'migrate'].flatMap((name) =>
      Object.keys(service(name)['environment'] as Node),
    );
    const literals = [...base, ...example].flatMap((node) => all(node, 'literals').flat()) as string[];
    const names = [...inCompose, ...literals.map((literal) => literal.split('=')[0]!)];
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('start programs that there are', async () => {
    const commands = [
      ...PROCESSES.map((name) => (service(name)['command'] as string[])[0]!),
      ...PROCESSES.map((name) => (container(name)['args'] as string[])[0]!),
      (service('migrate')['command'] as string[])[0]!,
    ];
    for (const command of commands) {
      const source = command.replace(/^dist\//, '').replace(/\.js$/, '.ts');
      expect((await readFile(source, 'utf8')).length).toBeGreaterThan(0);
    }
  });

  it('ask for health and readiness where the processes answer', async () => {
    const settings = Object.fromEntries(
      (base.flatMap((node) => all(node, 'literals').flat()) as string[]).map(
        (literal) => literal.split('=') as [string, string],
      ),
    );
    const portOf = { api: 'API_PORT', indexer: 'INDEXER_PORT', worker: 'WORKER_PORT' } as const;
    const served = await readFile('libs/telemetry/src/probes/probe-server.ts', 'utf8');
    for (const name of PROCESSES) {
      const { livenessProbe, readinessProbe, startupProbe, ports } = container(name) as Record<
        string,
        Node
      > & { ports: Node[] };
      expect([at(livenessProbe, 'httpGet', 'path'), at(readinessProbe, 'httpGet', 'path')]).toEqual([
        '/health',
        '/ready',
      ]);
      for (const probe of [livenessProbe, readinessProbe, startupProbe]) {
        expect(served).toContain(`'${String(at(probe, 'httpGet', 'path'))}'`);
        const port = (ports as unknown as Node[]).find(
          (each) => each['name'] === at(probe, 'httpGet', 'port'),
        );
        expect(String(port?.['containerPort'])).toBe(settings[portOf[name]]);
      }
      const scraped = at(
        deployment(name),
        'spec',
        'template',
        'metadata',
        'annotations',
        'prometheus.io/port',
      );
      expect(scraped).toBe(settings[name === 'api' ? 'API_METRICS_PORT' : portOf[name]]);
      const composed = service(name)['environment'] as Node;
      const checked = String(at(service(name), 'healthcheck', 'test', 3));
      expect(checked).toContain(`:${String(composed[portOf[name]])}/`);
    }
  });

  it('pin every image', async () => {
    const images = [...all(compose, 'image'), ...(await read('Dockerfile')).matchAll(/^FROM (\S+)/gm)].map(
      (image) => (Array.isArray(image) ? String(image[1]) : String(image)),
    );
    expect(images.length).toBeGreaterThan(6);
    for (const image of images)
      expect([image, /:\d+\.\d+(\.\d+)?(-[a-z]+)*$/.test(image)]).toEqual([image, true]);
    const tags = [...base, ...example].flatMap((node) => all(node, 'newTag'));
    expect(tags).toEqual(['0.1.0', '0.1.0']);
  });

  it('let every container of ours run as nobody special, write nowhere but where it should, and end in its time', async () => {
    const pods = base.filter((node) => ['Deployment', 'Job'].includes(String(node['kind'])));
    expect(pods).toHaveLength(4);
    for (const pod of pods) {
      const spec = at(pod, 'spec', 'template', 'spec');
      expect(at(spec, 'securityContext')).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(at(spec, 'automountServiceAccountToken')).toBe(false);
      const own = at(spec, 'containers', 0);
      expect(at(own, 'securityContext')).toEqual({
        ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      });
      expect(at(own, 'resources', 'requests')).toMatchObject({
        cpu: expect.anything(),
        memory: expect.anything(),
      });
      expect(at(own, 'resources', 'limits', 'memory')).toBeDefined();
    }
    for (const name of [...PROCESSES, 'migrate', 'chain'])
      expect([name, service(name)['read_only'], service(name)['cap_drop']]).toEqual([name, true, ['ALL']]);
    expect(await read('Dockerfile')).toMatch(/^USER 10001:10001$/m);
    const drainMs = (base.flatMap((node) => all(node, 'literals').flat()) as string[])
      .find((literal) => literal.startsWith('SHUTDOWN_DRAIN_MS='))!
      .split('=')[1];
    for (const name of PROCESSES)
      expect(
        Number(at(deployment(name), 'spec', 'template', 'spec', 'terminationGracePeriodSeconds')),
      ).toBeGreaterThan(Number(drainMs) / 1_000 + 5);
  });

  it('survive the loss of a machine: more than one of each, and never the last taken away', () => {
    for (const name of PROCESSES) {
      expect(Number(at(deployment(name), 'spec', 'replicas'))).toBeGreaterThan(1);
      const budget = base.find(
        (node) =>
          node['kind'] === 'PodDisruptionBudget' && at(node, 'metadata', 'name') === `tallyhouse-${name}`,
      );
      expect(at(budget, 'spec', 'minAvailable')).toBe(1);
      expect(at(budget, 'spec', 'selector', 'matchLabels')).toEqual(
        at(deployment(name), 'spec', 'selector', 'matchLabels'),
      );
    }
  });

  it('let the rules of the network apply to pods that there are', async () => {
    const [kustomization] = await documents('kustomize/base/kustomization.yaml');
    const added = (at(kustomization, 'labels') as Node[]).filter((each) => each['includeTemplates'] === true);
    const labels = [...PROCESSES].map((name) => ({
      ...(at(deployment(name), 'spec', 'template', 'metadata', 'labels') as Node),
      ...Object.assign({}, ...added.map((each) => each['pairs'] as Node)),
    }));
    const policies = base.filter((node) => node['kind'] === 'NetworkPolicy');
    const reached = policies.map((policy) => {
      const wanted = Object.entries(at(policy, 'spec', 'podSelector', 'matchLabels') as Node);
      const pods = PROCESSES.filter((_, index) =>
        wanted.every(([name, value]) => labels[index]![name] === value),
      );
      return [at(policy, 'metadata', 'name'), pods];
    });
    expect(Object.fromEntries(reached)).toEqual({
      ...{ 'tallyhouse-api': ['api'], 'tallyhouse-metrics': [...PROCESSES] },
    });
  });

  it('ask for help where the slowest leader is behind, and not where the quickest is ahead', async () => {
    const [alerts] = await documents('../alerts.yaml');
    const rules = all(alerts, 'rules').flat() as Node[];
    const behind = rules.find((rule) => rule['alert'] === 'TallyhouseIndexBehind');
    expect(behind?.['expr']).toMatch(/^max by \(chain_id\) \(tallyhouse_indexer_lag_blocks\) >/);
  });

  it('hold no secret, and give the keys that pay to the workers alone', () => {
    const literals = [...base, ...example].flatMap((node) => all(node, 'literals').flat()) as string[];
    expect(literals.filter((literal) => SECRET.test(literal.split('=')[0]!))).toEqual([]);
    expect([...base, ...example].filter((node) => node['kind'] === 'Secret')).toEqual([]);
    for (const name of PROCESSES) {
      const named = all(container(name), 'secretRef').map((reference) => at(reference, 'name'));
      expect(named.includes('tallyhouse-worker-keys')).toBe(name === 'worker');
      const environment = Object.entries(service(name)['environment'] as Node);
      for (const [variable, value] of environment.filter(([each]) => SECRET.test(each)))
        expect([variable, String(value).includes('${')]).toEqual([variable, true]);
      expect(environment.some(([variable]) => variable.endsWith('PRIVATE_KEY'))).toBe(name === 'worker');
    }
  });
});
