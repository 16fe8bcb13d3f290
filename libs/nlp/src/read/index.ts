export { TextProofReader, type TextProofRow } from './text-proof.reader.js';
