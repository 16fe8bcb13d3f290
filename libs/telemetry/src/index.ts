export { parseTraceparent } from './tracing/traceparent.js';
export { startTracing, type Tracing } from './tracing/start-tracing.js';
export {
  currentTraceparent,
  inSpan,
  isTracing,
  openSpan,
  underSpan,
  type OpenSpan,
} from './tracing/spans.js';
export { inJoinedSpan, MAX_ORIGINS } from './tracing/joined-span.js';
export { ClientContexts } from './tracing/client-context.js';
export { MetricRegistry, metrics, WORK_BOUNDS_S } from './metrics/registry.js';
export { measureProcess } from './metrics/process-metrics.js';
export { stopwatch } from './metrics/stopwatch.js';
export { measurePool } from './metrics/pool-metrics.js';
export { answerJson, answerMetrics } from './probes/answers.js';
export { ProbePort } from './probes/probe-port.js';
export { ProbeServer, type ProbeOutcome, type Probes } from './probes/probe-server.js';
