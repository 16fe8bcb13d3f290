/** The refusals of the Custody contract by their names, each with the way out. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [
    /NotSubmitter/,
    'This account does not speak for that partner now. The partner can name it in the registry.',
  ],
  [/InvalidRecipient/, 'Goods go to another registered partner. Choose one that is not yourself.'],
  [/DeadlinePassed/, 'An offer must be open for a time. Give more hours.'],
  [
    /NotHolder/,
    'Another partner holds one of these units by the contract. Only its holder can offer or withdraw it.',
  ],
  [
    /OfferPending/,
    'One of these units is on offer already. Wait for the answer, or withdraw that offer first.',
  ],
  [/OfferExpired/, 'The offer has expired. Ask its holder for a new one.'],
  [
    /NoOffer/,
    'One of these units is not on offer to you any more: answered, withdrawn, or offered to another.',
  ],
  [/EmptyReason/, 'A refusal says why. Write a reason.'],
  [/NoUnits/, 'Choose at least one unit.'],
];

/** What the contract refused, in words; undefined where it is no refusal of Custody. */
export function custodySentence(messages: readonly string[]): string | undefined {
  return WORDS.find(([pattern]) => messages.some((message) => pattern.test(message)))?.[1];
}
