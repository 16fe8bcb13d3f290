import { useId } from 'react';
import { Sheet } from '../../components/sheet.js';
import { BODY_MOST, TITLE_MOST } from './draft.js';

interface WordsProps {
  title: string;
  body: string;
  setTitle: (text: string) => void;
  setBody: (text: string) => void;
}

export function Words({ title, body, setTitle, setBody }: WordsProps) {
  const id = useId();
  return (
    <Sheet title="The words">
      <div className="acts">
        <label className="field">
          Title
          <input
            value={title}
            maxLength={TITLE_MOST}
            required
            onChange={(event) => setTitle(event.target.value)}
          />
        </label>
        <label className="field">
          Why
          <textarea
            rows={12}
            value={body}
            maxLength={BODY_MOST}
            aria-describedby={id}
            onChange={(event) => setBody(event.target.value)}
          />
        </label>
        <p id={id} className="quiet">
          Headings with #, lists with -, tables with |, code between `. Links lead to pages of Tallyhouse
          only. The hashes of a version, and the line that binds the text to your account, are added for you.
        </p>
      </div>
    </Sheet>
  );
}
