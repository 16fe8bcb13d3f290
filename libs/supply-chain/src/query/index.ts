export { CaptureJobListReader } from './capture-job-list.reader.js';
export type { Comparison, Criterion, EventQuery, ObjectList } from './criterion.js';
export { EventQueryModule } from './event-query.module.js';
export { EventQueryReader, pageSql, type QueriedEvent, type QueriedPage } from './event-query.reader.js';
export { NamedQueryRepository, NAMED_QUERIES_A_PARTNER, type NamedQuery } from './named-query.repository.js';
export { parseEventQuery, type RawParameters } from './parse-query.js';
export { EventQueryError, type EventQueryErrorCode } from './query.errors.js';
export { VocabularyReader, type Vocabulary } from './vocabulary.reader.js';
export { EPCIS_CONTEXT, queryDocument, type Answered } from './query-document.js';
