import { stateWord } from '../../format/names.js';
import type { TextEntityRow } from '../../network/text-types.js';
import { markedParts, maskWord } from './marked-parts.js';

/** A text as plain characters, with what it names underlined and what was masked shown as masked. */
export function MarkedText({ text, entities }: { text: string; entities: readonly TextEntityRow[] }) {
  return (
    <>
      {markedParts(text, entities).map((part, index) => {
        if (part.kind === 'PLAIN') return <span key={index}>{part.text}</span>;
        if (part.kind === 'MASKED')
          return (
            <span key={index} className="masked" title={`A ${maskWord(part.what)} was masked before storage`}>
              {maskWord(part.what)} masked
            </span>
          );
        return (
          <span key={index} className="named" title={`${stateWord(part.entity.type)}: ${part.entity.value}`}>
            {part.text}
          </span>
        );
      })}
    </>
  );
}
