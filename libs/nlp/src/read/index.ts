export { TextLabelReader, type LabelCorrectionRow, type TextLabelRow } from './text-label.reader.js';
export { TextProofReader, type TextProofRow } from './text-proof.reader.js';
