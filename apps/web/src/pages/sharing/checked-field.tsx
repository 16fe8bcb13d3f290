import { useId } from 'react';
import type { ReactNode } from 'react';

/** What a control takes over, so that screen readers tell what is wrong with it. */
export interface CheckedControl {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string;
}

interface CheckedFieldProps {
  name: string;
  fault: string | undefined;
  /** Said while nothing is wrong. */
  hint?: string;
  isWide?: boolean;
  children: (control: CheckedControl) => ReactNode;
}

/** A field of a form with what is wrong with it beneath, as soon as that is known. */
export function CheckedField({ name, fault, hint, isWide = false, children }: CheckedFieldProps) {
  const id = useId();
  const wordsId = `${id}-words`;
  return (
    <div className={isWide ? 'checked checked-wide' : 'checked'}>
      <label htmlFor={id}>{name}</label>
      {children({ id, 'aria-invalid': fault !== undefined, 'aria-describedby': wordsId })}
      <span id={wordsId} className={fault ? 'fault' : 'quiet'} aria-live="polite">
        {fault ?? hint ?? ''}
      </span>
    </div>
  );
}
