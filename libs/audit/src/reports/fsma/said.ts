import type { MasterDataAttribute } from '@tallyhouse/epcis';

export type Attributes = readonly Pick<MasterDataAttribute, 'name' | 'value'>[];

/** What master data says of a place, as a location description has it (21 CFR 1.1310). */
export interface SaidOfPlace {
  readonly name: string | null;
  readonly country: string | null;
  readonly address: string | null;
  readonly telephone: string | null;
}

/** Reads the attributes of CBV 2.0 section 9.2, and a telephone by the names that others give it. */
export function saidOfPlace(attributes: Attributes): SaidOfPlace {
  const street = ['streetAddressOne', 'streetAddressTwo', 'streetAddressThree', 'streetAddress'];
  return {
    name: first(attributes, ['name', 'organizationName']),
    country: first(attributes, ['countryCode']),
    address: listed(attributes, [...street, 'city', 'state', 'postalCode']),
    telephone: first(attributes, ['telephone', 'telephoneNumber', 'contactTelephone']),
  };
}

/** What master data says of a class: its name, and what a product description has beside it. */
export function saidOfProduct(attributes: Attributes): {
  readonly name: string | null;
  readonly packaging: string | null;
} {
  const names = ['tradeItemDescription', 'labelDescription', 'descriptionShort', 'productName'];
  const packaging = [
    'brandName',
    'netContentDescription',
    'packagingSize',
    'packagingTypeCode',
    'packagingStyle',
  ];
  return {
    name: first(attributes, [...names, 'regulatedProductName', 'functionalName']),
    packaging: listed(attributes, packaging),
  };
}

/** The value of the first name of the list that is said. */
function first(attributes: Attributes, names: readonly string[]): string | null {
  return names.flatMap((name) => valuesOf(attributes, name))[0] ?? null;
}

/** Every value, in the order of the names. */
function listed(attributes: Attributes, names: readonly string[]): string | null {
  const values = names.flatMap((name) => valuesOf(attributes, name));
  return values.length === 0 ? null : values.join(', ');
}

function valuesOf(attributes: Attributes, name: string): string[] {
  return attributes.flatMap(({ name: given, value }) => {
    const isNamed =
      given.slice(Math.max(given.lastIndexOf(':'), given.lastIndexOf('/'), given.lastIndexOf('#')) + 1) ===
      name;
    return isNamed && (typeof value === 'string' || typeof value === 'number') && value !== ''
      ? [String(value)]
      : [];
  });
}
