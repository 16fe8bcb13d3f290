import { SaxesParser } from 'saxes';

/** A page of a list of objects (ListObjectsV2). */
export interface ListPage {
  readonly keys: readonly string[];
  /** For the next page; undefined after the last. */
  readonly next: string | undefined;
}

const ITEM = 'ListBucketResult/Contents/Key';
const TOKEN = 'ListBucketResult/NextContinuationToken';

/** @throws Error for what is no XML */
export function parseListPage(xml: string): ListPage {
  const path: string[] = [];
  const keys: string[] = [];
  let next: string | undefined;
  let text = '';
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => {
    path.push(name);
    text = '';
  });
  parser.on('text', (part) => (text += part));
  parser.on('closetag', () => {
    const at = path.join('/');
    if (at === ITEM) keys.push(text);
    if (at === TOKEN) next = text;
    path.pop();
    text = '';
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return { keys, next };
}
