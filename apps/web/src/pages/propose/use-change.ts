import { useQuery } from '@tanstack/react-query';
import { MODELS } from '../../network/queries/models.js';
import { useRead } from '../../network/reads.js';
import type { ModelFamily } from '../../network/types.js';
import { useNetwork } from '../../network/use-network.js';
import { useSearch } from '../../router/router.js';
import { valueWords } from './draft.js';
import type { Change } from './draft.js';
import { parameterOf, parseValue } from './parameters.js';
import type { Parameter } from './parameters.js';

export const KINDS = [
  ['version', 'Run a model version'],
  ['rules', 'Run a set of audit rules'],
  ['parameter', 'Change a rule of voting'],
  ['text', 'Words alone'],
] as const;
export type Kind = (typeof KINDS)[number][0];

/** Audit rules are versions of this family; every other family is of models. */
const RULES_FAMILY = 'audit-rules';

/** The kind in the page's address; a model version when it says none. */
export function useKind(): Kind {
  const [search] = useSearch();
  return KINDS.map(([one]) => one).find((one) => one === search.get('kind')) ?? 'version';
}

/** What the page's address asks to change; null while something of it is missing or cannot be. */
export function useChange(): Change | null {
  const kind = useKind();
  const [search] = useSearch();
  const { families } = useFamilies(kind);
  const parameter = kind === 'parameter' ? parameterOf(search.get('parameter')) : undefined;
  const { data: today } = useToday(parameter);
  if (kind === 'text') return { kind };
  if (kind !== 'parameter') return versionChange(families, search.get('version'));
  const value = parameter && parseValue(parameter, search.get('value') ?? '');
  if (!parameter || typeof value !== 'bigint' || value === today) return null;
  return { kind, parameter, value, now: today === undefined ? null : valueWords(parameter, today) };
}

/** The families that a kind chooses from. */
export function useFamilies(kind: Kind) {
  const models = useRead<{ models: ModelFamily[] }>('models', MODELS);
  const families =
    models.data?.models.filter(({ name }) => (name === RULES_FAMILY) === (kind === 'rules')) ?? [];
  return { models, families };
}

/** What a parameter is today, by the chain. */
export function useToday(parameter: Parameter | undefined) {
  const { data: network } = useNetwork();
  return useQuery({
    queryKey: ['parameter', parameter?.key, network?.chainId],
    enabled: network !== undefined && parameter !== undefined,
    queryFn: async () => (await import('./encode-change.js')).currentValue(parameter!, network!),
  });
}

function versionChange(families: readonly ModelFamily[], id: string | null): Change | null {
  for (const { active, versions } of families) {
    const version = versions.find((one) => one.id === id && one.id !== active?.id);
    if (version) return { kind: 'version', version, replaces: active?.id ?? null };
  }
  return null;
}
