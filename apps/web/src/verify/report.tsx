import type { ReactNode } from 'react';
import type { VerificationResult } from '@tallyhouse/proofs';
import { Facts, Hash, State } from '../components/marks.js';
import { Notice } from '../components/states.js';
import { dateTime } from '../format/times.js';
import { onPage } from './on-page.js';

const TONES = { valid: 'good', consistent: 'warn', invalid: 'bad' } as const;
const WORDS = { ok: 'Held', open: 'Open', failed: 'Failed' } as const;
const STEP_TONES = { ok: 'good', open: 'warn', failed: 'bad' } as const;

/** The answer to a bundle: the verdict first, then every step that was taken, then what it is about. */
export function Report({ result }: { result: VerificationResult }) {
  return (
    <>
      <Notice tone={TONES[result.verdict]}>
        <p className="verdict">{result.says}</p>
        <p>{meaning(result)}</p>
      </Notice>
      <ol className="steps" aria-label="Steps">
        {result.steps.map(({ name, status, says }) => (
          <li key={name}>
            <span className="step-name">{name}</span>
            <State value={WORDS[status]} tone={STEP_TONES[status]} />
            <span className="step-says">{onPage(says)}</span>
          </li>
        ))}
      </ol>
      {result.facts ? <About result={result} /> : null}
    </>
  );
}

function meaning({ verdict, failed, steps }: VerificationResult): string {
  if (verdict === 'invalid')
    return `The step “${failed ?? ''}” fails; those after it were not taken. Do not rely on this file.`;
  if (verdict === 'consistent')
    return 'Everything in the file fits together, but the block may be made up: give its hash from a source of your own.';
  const open = steps.filter(({ status }) => status === 'open').length;
  return open === 0
    ? 'Every step held, up to the block hash that you gave.'
    : `Every step held or was left open; ${open === 1 ? 'one is' : `${open} are`} open, and say why.`;
}

function About({ result }: { result: VerificationResult }) {
  const { facts, stated } = result;
  if (!facts) return null;
  const at = (seconds: number): string => dateTime(new Date(seconds * 1_000).toISOString());
  const rows: [string, ReactNode][] = [
    ['Partner', <Hash key="partner" label="partner" value={facts.partner} />],
    ...(facts.gln ? [['GLN', facts.gln] as [string, ReactNode]] : []),
    ['Submitter', <Hash key="submitter" label="submitter" value={facts.submitter} />],
    [
      'Batch',
      `number ${facts.batch.seq}, ${facts.batch.count} ${facts.about}${facts.batch.count === 1 ? '' : 's'}`,
    ],
    ['Recorded (claimed)', at(facts.recordTime)],
    ['Block', `${facts.block.number} of chain ${facts.chainId}, ${at(Number(facts.block.timestamp))}`],
    ['Block hash', <Hash key="block" label="block hash" value={facts.block.hash} />],
    ['Shown', `${facts.shown.length} fields`],
    ['Hidden', facts.hidden === 0 ? 'none' : `${facts.hidden} fields, bound: none can be changed`],
  ];
  return (
    <>
      <Facts wide rows={rows} />
      {stated ? <Stated stated={stated} /> : null}
    </>
  );
}

function Stated({ stated }: { stated: NonNullable<VerificationResult['stated']> }) {
  const { asOfBlock, corrections, declarations = [] } = stated;
  const said = [
    ...corrections.map(({ block, reason }) => `in block ${block}: ${reason}`),
    ...declarations.map(({ declaredAt, reason }) => `at ${declaredAt}: ${reason ?? 'no reason given'}`),
  ];
  return (
    <Notice tone={said.length === 0 ? 'plain' : 'warn'}>
      <p>
        Stated by whoever made the file, not proved:{' '}
        {said.length === 0 ? 'no correction' : `${said.length} corrections`} known up to block {asOfBlock}.
      </p>
      {said.length === 0 ? null : (
        <ul>
          {said.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
