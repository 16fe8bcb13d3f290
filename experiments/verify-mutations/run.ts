import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { eventHashHex, resolveContext, type EpcisEvent } from '@tallyhouse/epcis';
import {
  redactBundle,
  verifyBundle,
  type EventHashStrategy,
  type JsonValue,
  type ProofBundle,
  type TextBundle,
  type VerificationResult,
  type VerifyOptions,
} from '@tallyhouse/proofs';
import { madeBundle, madeEventHash, type MadeBundle } from '../../libs/proofs/test/bundle-kit.js';
import { isSameJson, mutate, seeded } from '../../libs/proofs/test/mutate.js';
import { attacksOn } from './attacks.js';
import { askSecond, type SecondCase } from './second-verifier.js';
import { makeVectors } from './vectors/make-vectors.js';

const MUTATIONS = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 10_000);
/** Every so-manieth mutation, and every attack, is shown to the second verifier too. */
const SECOND_EVERY = 4;
const SEED = 20_261_123;
const RESULTS = 'experiments/verify-mutations/results.json';

type Subject = Omit<MadeBundle, 'bundle'> & {
  bundle: ProofBundle | TextBundle;
  name: string;
  eventHash: EventHashStrategy;
};

const epcisHash: EventHashStrategy = (event, namespaces) =>
  eventHashHex(event as unknown as EpcisEvent, resolveContext([namespaces]));

function subjects(): Subject[] {
  const made = madeBundle();
  const older = madeBundle({ form: 1 });
  const alone = madeBundle({ count: 1, index: 0, others: 0, seq: 1 });
  const large = madeBundle({ count: 200, index: 77, others: 150 });
  const fewer = { ...made, bundle: redactBundle(made.bundle, ['bizStep', 'epcList']) };
  return [
    ...vectors(2),
    ...vectors(1),
    ...textVector(),
    { name: 'whole, made up, first form', ...older, eventHash: madeEventHash },
    { name: 'whole, made up', ...made, eventHash: madeEventHash },
    { name: 'redacted, made up', ...fewer, eventHash: madeEventHash },
    { name: 'batch of one in a block of one', ...alone, eventHash: madeEventHash },
    { name: 'batch of 200 in a block of 151', ...large, eventHash: madeEventHash },
  ];
}

function vectors(form: 1 | 2): Subject[] {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(`libs/proofs/vectors/${form}/${name}.json`, 'utf8'));
  const { header } = read('cases') as { header: MadeBundle['header'] };
  return ['whole', 'redacted'].map((name) => ({
    name: `${name}, local chain, form ${form}`,
    ...{ bundle: read(name) as ProofBundle, header, eventHash: epcisHash },
  }));
}

function textVector(): Subject[] {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(`libs/proofs/vectors/text/${name}.json`, 'utf8'));
  const { header } = read('cases') as { header: MadeBundle['header'] };
  return [{ name: 'text, local chain', bundle: read('text') as TextBundle, header, eventHash: epcisHash }];
}

const pins = ({ header, bundle }: Subject): VerifyOptions => ({
  ...{ header, anchorContract: bundle.anchorContract, registry: bundle.rights?.registry },
});
const check = (given: unknown, subject: Subject): VerificationResult =>
  verifyBundle(given, { ...pins(subject), eventHash: subject.eventHash });
const openSteps = ({ steps }: VerificationResult): number =>
  steps.filter(({ status }) => status === 'open').length;
const count = (counts: Record<string, number>, key: string): void =>
  void (counts[key] = (counts[key] ?? 0) + 1);

if (process.argv.includes('--vectors')) await makeVectors();
const all = subjects();
const untouched = all.map((subject) => check(subject.bundle, subject));
if (untouched.some(({ verdict }) => verdict !== 'valid')) throw new Error('an untouched bundle is not valid');
const donors = [
  madeBundle({ partner: 'carrier' }),
  madeBundle({ index: 5 }),
  madeBundle({ index: 6, chainId: 1 }),
  madeBundle({ partner: 'carrier', form: 1 }),
];
const random = seeded(SEED);
const shown: (SecondCase & { name: string; failed: string | undefined; weaker: boolean })[] = [];
const result = {
  ...{ machine: cpus()[0]?.model ?? 'unknown', node: process.version, seed: SEED, mutations: 0 },
  ...{
    accepted: [] as string[],
    weakened: {} as Record<string, number>,
    attacks: 0,
    attacksAccepted: [] as string[],
  },
  ...{ kinds: {} as Record<string, number>, firstFailingStep: {} as Record<string, number> },
  ...{ fieldKinds: {} as Record<string, number>, second: {} as Record<string, unknown> },
  ...{ bytes: {} as Record<string, number>, msPerVerification: {} as Record<string, number> },
};

while (result.mutations < MUTATIONS) {
  const place = result.mutations % all.length;
  const subject = all[place]!;
  const { stated, ...proved } = subject.bundle;
  const donor = donors[Math.floor(random() * donors.length)]!.bundle as unknown as JsonValue;
  const { kind, pointer, value } = mutate(proved as unknown as JsonValue, donor, random);
  const given = JSON.parse(JSON.stringify({ ...(value as object), stated })) as JsonValue;
  if (isSameJson(given, subject.bundle as unknown as JsonValue)) continue;
  result.mutations += 1;
  count(result.kinds, kind);
  count(
    result.fieldKinds,
    pointer
      .split('/')
      .slice(1, 3)
      .join('/')
      .replace(/\/\d+$/, '/…'),
  );
  const verdict = check(given, subject);
  if (verdict.verdict === 'invalid') count(result.firstFailingStep, verdict.failed!);
  else if (openSteps(verdict) > openSteps(untouched[place]!)) count(result.weakened, `${kind} at ${pointer}`);
  else result.accepted.push(`${subject.name}: ${kind} at ${pointer}`);
  if (result.mutations % SECOND_EVERY === 0)
    shown.push({
      ...{ bundle: given, given: pins(subject), name: `${subject.name}: ${kind} at ${pointer}` },
      ...{ failed: verdict.failed, weaker: verdict.verdict !== 'invalid' },
    });
}
for (const subject of all.filter(({ name }) => name.startsWith('whole, made up'))) {
  for (const { name, bundle } of attacksOn(subject as MadeBundle)) {
    result.attacks += 1;
    const { verdict, failed } = check(bundle, subject);
    if (verdict !== 'invalid') result.attacksAccepted.push(`${subject.name}: ${name}`);
    shown.push({ bundle, given: pins(subject), name: `${subject.name}: ${name}`, failed, weaker: false });
  }
}
// The second verifier leaves the Event Hash ID open: what only that step tells is set aside and counted.
const asked = shown.filter(({ failed }) => failed !== 'event hash id');
const answers = askSecond(asked);
result.second = answers
  ? {
      asked: asked.length,
      leftToTheEventHashId: shown.length - asked.length,
      accepted: asked
        .filter(({ weaker }, index) => answers[index] === null && !weaker)
        .map(({ name }) => name),
      anotherStep: asked
        .filter(({ failed }, index) => answers[index] !== (failed ?? null))
        .map(({ name }) => name),
    }
  : { skipped: 'there is no python3 here' };
for (const subject of all) {
  const started = performance.now();
  for (let round = 0; round < 20; round++) check(subject.bundle, subject);
  result.msPerVerification[subject.name] = Number(((performance.now() - started) / 20).toFixed(2));
  result.bytes[subject.name] = JSON.stringify(subject.bundle).length;
}
writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(readFileSync(RESULTS, 'utf8'));
