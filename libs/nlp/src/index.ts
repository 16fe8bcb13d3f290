export { nearDuplicateGroups, type NearDuplicateOptions } from './duplicates/near-duplicates.js';
export { NlpError, type NlpErrorCode } from './nlp.errors.js';
export { NlpModule } from './nlp.module.js';
export { SENTENCE_ENCODER } from './encoder/sentence-encoder.token.js';
export { cosine, type SentenceEncoder } from './encoder/sentence-encoder.strategy.js';
export { packagedEncoder } from './encoder/packaged-encoder.js';
export { cachedEncoder, vectorKey } from './encoder/cached-encoder.js';
export { memoryVectorCache, type VectorCache } from './encoder/vector-cache.js';
export { detectLanguage, searchConfigOf, UNDETERMINED } from './texts/language.js';
export { normaliseLine, normaliseText } from './texts/normalise.js';
export { maskPersonalData, type MaskedText } from './texts/masking/mask.js';
export { MASKING_RULES, type MaskingRule, type PersonalDataKind } from './texts/masking/rules.js';
export {
  TEXT_KINDS,
  type TextFault,
  type TextInput,
  type TextKind,
  type TextSource,
} from './texts/text-record.js';
export { TextIntake, type TextIntakeOutcome, type TextRefusal } from './texts/text-intake.service.js';
export { TextSealing } from './texts/text-sealing.service.js';
export { EventHarvest } from './texts/event-harvest.service.js';
export { assembleTextBundle, type TextBundleRequest } from './bundle/text-bundle.reader.js';
export * from './read/index.js';
export { NO_GUIDE, type LabelDescription, type LabelGuide } from './classifier/label-guide.js';
export { FSIS_RECALL_REASONS } from './classifier/guides/fsis-recall-reasons.js';
export type { LabelledText } from './classifier/labelled-text.js';
export {
  classify,
  type Answer,
  type Classification,
  type LabelProbability,
  type TextModel,
} from './classifier/text-model.js';
export { explain, type Contribution, type Explanation, type Span } from './classifier/explain.js';
export { trainTextModel, type TrainedTextModel } from './classifier/train.js';
export {
  evaluateTexts,
  type Evaluation,
  type EvaluateOptions,
  type MethodFigures,
} from './evaluation/evaluate.js';
export { guideModel } from './classifier/guide-model.js';
export { engineProbabilities } from './artifact/engine-labels.js';
export { INCIDENT_TEXT, type TextModelManifest } from './artifact/manifest.js';
export {
  readTextManifest,
  textModelArtifact,
  textModelFrom,
  type TrainingEvidence,
} from './artifact/text-artifact.js';
export { RunningTextModelReader } from './labels/running-text-model.reader.js';
export { TextLabelling, type RunningTextModel } from './labels/text-labelling.service.js';
export { LabelCorrections, type LabelCorrection } from './labels/label-correction.service.js';
export { extractEntities, EXTRACTOR_VERSION } from './entities/extract-entities.js';
export { ENTITY_TYPES, type Entity, type EntityType } from './entities/entity.js';
export {
  recallCriteriaOf,
  type DaySpan,
  type LinkedEntity,
  type RecallCriteria,
} from './entities/recall-criteria.js';
export { recallInputOf, type RecallInput } from './entities/recall-input.js';
export { TextAnalysis } from './analysis/text-analysis.service.js';
export { TextEmbedding } from './analysis/text-embedding.service.js';
export {
  TextSearch,
  MAX_QUERY_CHARACTERS,
  type SearchMode,
  type TextHit,
  type TextQuery,
} from './search/text-search.service.js';
export { rankTexts, SEARCH_WEIGHTS, type SearchEvidence, type SearchWeights } from './search/rank-texts.js';
export { SemanticIndex } from './search/semantic-index.service.js';
export { VectorIndex, type Neighbour } from './search/vector-index.js';
export { quantise } from './search/quantised.js';
export { excerptOf, type ExcerptPart } from './search/excerpt.js';
export type { TextFilter } from './search/text-filter.js';
export { discoverTopics, type Topic, type TopicModel, type TopicOptions } from './topics/discover-topics.js';
export { topicGroups, type GroupedTopic } from './topics/topic-groups.js';
export { findBursts, type Burst, type TrendPeriod } from './trends/bursts.js';
export { groupBursts, type GroupBurst } from './trends/group-bursts.js';
export {
  topicTrends,
  FALSE_DISCOVERY_RATE,
  type SignificantBurst,
  type TopicTrend,
} from './trends/topic-trends.js';
export { changePoints } from './trends/change-points.js';
export { nextPeriod, periodsBetween, periodStart, type TrendFrequency } from './trends/periods.js';
export { TopicRefresh } from './topics/topic-refresh.service.js';
export { sentencesOf, type Sentence } from './proposals/sentences.js';
export { summarise } from './proposals/summarise.js';
export { reasonStance, type ReasonStance, type Stance } from './proposals/stance.js';
export { similarDocuments, type SimilarDocument } from './proposals/similar-documents.js';
export { drawFewShot } from './evaluation/few-shot.js';
export { distilEncoder, type DistilOptions } from './encoder/distilled/distil.js';
export { distilledEncoder } from './encoder/distilled/distilled-encoder.js';
export { judgeStudent, type StudentFigures } from './encoder/distilled/judge-student.js';
export { transformersFolderEncoder } from './encoder/transformers-folder.js';
