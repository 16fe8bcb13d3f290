import { Notice } from '../../components/states.js';
import type { Step } from './use-step.js';

/** Says where a wallet step stands, aloud to screen readers too. */
export function StepWords({ step }: { step: Step }) {
  const words = {
    idle: '',
    asking: 'Answer the request in your wallet. It may take a few seconds to be included.',
    indexing: `Included in block ${step.kind === 'indexing' ? step.block : ''}; the index is reading it.`,
    done: step.kind === 'done' ? step.words : '',
    failed: step.kind === 'failed' ? step.words : '',
  }[step.kind];
  const tone = { idle: 'plain', asking: 'plain', indexing: 'plain', done: 'good', failed: 'bad' } as const;
  return (
    <div className="step-words" role="status" aria-live="polite">
      {words ? <Notice tone={tone[step.kind]}>{words}</Notice> : null}
    </div>
  );
}
