/** Direction of imports: apps → domain libs → platform libs → config. See ARCHITECTURE.md. */
const DOMAIN =
  'epcis|supply-chain|audit|proofs|governance|model-registry|forecasting|anomalies|nlp|simulation|identity';
const PLATFORM = 'database|jobs|chain|compute|testing|webhooks|telemetry';

/** Which domain lib may know which others; every other pair is forbidden. */
const DOMAIN_TO_DOMAIN = {
  'supply-chain': 'epcis|proofs',
  audit: 'epcis|supply-chain|proofs',
  forecasting: 'supply-chain|proofs',
  nlp: 'supply-chain|epcis|proofs|model-registry',
  anomalies: 'supply-chain|proofs',
  governance: 'model-registry|proofs',
  'model-registry': 'proofs',
  simulation: 'epcis',
  identity: '',
  epcis: '',
  proofs: '',
};

const domainRules = Object.entries(DOMAIN_TO_DOMAIN).map(([from, allowed]) => ({
  name: `domain-of-${from}`,
  severity: 'error',
  from: { path: `^libs/${from}/` },
  to: { path: `^libs/(${DOMAIN})/`, pathNot: `^libs/(${[from, allowed].filter(Boolean).join('|')})/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-app-to-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    { name: 'libs-know-no-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^(apps|test)/' } },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: `^libs/(${PLATFORM}|config)/` },
      to: { path: `^libs/(${DOMAIN})/` },
    },
    {
      name: 'config-knows-nobody',
      severity: 'error',
      from: { path: '^libs/config/' },
      to: { path: '^libs/(?!config/)' },
    },
    {
      name: 'pure-libs',
      comment: 'epcis and proofs are what the offline verifier is made of',
      severity: 'error',
      from: { path: '^libs/(epcis|proofs)/', pathNot: '\\.spec\\.ts$' },
      to: { path: `^libs/(${PLATFORM}|config)/|node_modules/(@nestjs|typeorm|viem|pg)/` },
    },
    {
      name: 'pure-files',
      comment: 'in a domain lib only files with a role may know Nest, TypeORM or viem',
      severity: 'error',
      from: {
        path: `^libs/(${DOMAIN})/`,
        pathNot:
          '\\.(entity|service|module|repository|reader|loader|spec)\\.ts$|/index\\.ts$|/read/|event-store\\.ts$',
      },
      to: { path: 'node_modules/(@nestjs|typeorm|viem)/' },
    },
    {
      name: 'by-the-front-door',
      comment: 'a lib is imported by its index.ts',
      severity: 'error',
      from: { path: '^(apps|libs|test)/([^/]+)/', pathNot: '^libs/chain/src/generated' },
      to: { path: '^libs/([^/]+)/src/(?!index\\.ts$)', pathNot: ['^libs/$2/', '^libs/chain/src/generated/'] },
    },
    {
      name: 'environment-is-read-once',
      severity: 'error',
      from: { path: '^libs/(?!config/)' },
      to: { path: '^node:process$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js'],
    },
  },
};
