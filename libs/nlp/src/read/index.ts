export { TextLabelReader, type LabelCorrectionRow, type TextLabelRow } from './text-label.reader.js';
export { TextProofReader, type TextProofRow } from './text-proof.reader.js';
export { TextReader } from './text.reader.js';
export { TalkReader, type TalkRow } from './talk.reader.js';
export type { TextEntityRow, TextLinkRow, TextRow, TextTopicRow } from './text.rows.js';
export {
  TopicReader,
  type TopicAboutRow,
  type TopicBurstRow,
  type TopicPeriodRow,
  type TopicRow,
  type TopicTrendRow,
  type TopicWindow,
} from './topic.reader.js';
