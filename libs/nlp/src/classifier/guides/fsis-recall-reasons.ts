import type { LabelGuide } from '../label-guide.js';

/**
 * What the reasons of food recalls mean under the US meat, poultry and egg inspection acts (21 U.S.C. 601 ff., 451 ff.,
 * 1031 ff.; 9 CFR 300 ff.). Prior knowledge: the phrases were written from the meanings by someone
 * who had read notices of the rare labels from before 2020; none was counted from texts.
 */
export const FSIS_RECALL_REASONS: LabelGuide = {
  name: 'fsis-recall-reasons/1',
  labels: {
    'Product Contamination': {
      meaning: 'a pathogen, a foreign material, a residue or another harmful substance may be in the product',
      phrases: [
        ...['coli', 'escherichia', 'o157', 'stec', 'salmonella', 'listeria', 'monocytogenes', 'clostridium'],
        ...['botulinum', 'staphylococc*', 'campylobacter', 'bacillus', 'pathogen*', 'microbial', 'contamin*'],
        ...[
          'foreign m*',
          'foreign object',
          'extraneous',
          'metal',
          'plastic',
          'glass',
          'rubber',
          'wood',
          'stone',
        ],
        ...[
          'bone fragment',
          'residue',
          'adulterat*',
          'illness*',
          'outbreak',
          'dioxin',
          'chemical',
          'hazardous',
        ],
        ...['specified risk', 'spinal', 'tonsil', 'toxin', 'lead'],
      ],
    },
    Misbranding: {
      meaning: 'the label is false, misleading or lacks what it must declare',
      phrases: [
        ...[
          'misbrand*',
          'undeclared',
          'not declared',
          'not declare',
          'not listed',
          'not list',
          'not disclose',
        ],
        ...['mislabel*', 'label', 'monosodium glutamate', 'incorrect label', 'ingredient statement', 'msg'],
      ],
    },
    'Unreported Allergens': {
      meaning: 'an ingredient that the allergen law names is in the product and not on the label',
      phrases: [
        ...[
          'allergen*',
          'undeclared',
          'milk',
          'wheat',
          'soy*',
          'egg',
          'peanut',
          'tree nut',
          'almond',
          'cashew',
        ],
        ...[
          'walnut',
          'pecan',
          'anchov*',
          'shellfish',
          'shrimp',
          'crustacean',
          'sesame',
          'whey',
          'casein',
          'gluten',
        ],
        ...['not declared', 'fish'],
      ],
    },
    Mislabeling: {
      meaning: 'a product stands in the package or under the label of another',
      phrases: [
        ...[
          'mislabel*',
          'incorrectly label*',
          'wrong label',
          'incorrect package',
          'mispackag*',
          'packaged in',
        ],
        ...['may instead contain', 'instead contain', 'actually contain', 'nutrition'],
      ],
    },
    'Produced Without Benefit of Inspection': {
      meaning:
        'made, packed or sold without the inspection that the law asks for, or under a false mark of it',
      phrases: [
        ...[
          'without benefit',
          'without the benefit',
          'benefit of federal',
          'benefit of inspection',
          'not inspected',
        ],
        ...[
          'uninspected',
          'without inspection',
          'without federal inspection',
          'mark of inspection',
          'false mark',
        ],
        ...['outside of inspection', 'inspection hours', 'not produced under', 'counterfeit mark'],
      ],
    },
    'Import Violation': {
      meaning: 'imported from where it may not come, or not presented for inspection at the border',
      phrases: [
        ...[
          'import',
          'imported',
          'importer',
          'importing',
          'imports',
          're inspection',
          'reinspection',
          'ineligible',
        ],
        ...['not eligible', 'point of entry', 'port of entry', 'exported from', 'export to', 'smuggl*'],
      ],
    },
    'Processing Defect': {
      meaning:
        'a step that makes the product safe failed: cooking, cooling, sealing, or the plan for it was missing',
      phrases: [
        ...[
          'underprocess*',
          'under process*',
          'undercook*',
          'under cook*',
          'not fully cooked',
          'process* deviation',
        ],
        ...[
          'process* defect',
          'process* flaw',
          'temperature abuse',
          'haccp',
          'critical limit',
          'cooling',
          'cooked',
        ],
        ...[
          'thermal',
          'heat treat*',
          'lethality',
          'inadequate',
          'seal',
          'swell*',
          'bloat*',
          'packaging defect',
        ],
        ...['shelf stable', 'cure'],
      ],
    },
    'Unfit for Human Consumption': {
      meaning: 'not fit to be human food: spoiled, decomposed, inedible, or not meant to be eaten',
      phrases: [
        ...['unfit', 'human consumption', 'human food', 'not intended for', 'inedible', 'spoil*', 'rancid'],
        ...['decompos*', 'putrid', 'odor', 'mold*', 'regulatory limit', 'excess of', 'pet food'],
      ],
    },
    'Insanitary Conditions': {
      meaning: 'prepared, packed or held where it may have become dirty',
      phrases: [
        ...[
          'insanitary',
          'unsanitary',
          'rodent',
          'insect',
          'vermin',
          'pest',
          'sewage',
          'sanitation',
          'filth*',
        ],
      ],
    },
  },
};
