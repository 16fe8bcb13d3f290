/** States of the USA with their postal codes, and provinces of Canada. */
const STATES =
  'alabama al alaska ak arizona az arkansas ar california ca colorado co connecticut ct delaware de florida fl georgia ga hawaii hi idaho id illinois il indiana in iowa ia kansas ks kentucky ky louisiana la maine me maryland md massachusetts ma michigan mi minnesota mn mississippi ms missouri mo montana mt nebraska ne nevada nv new_hampshire nh new_jersey nj new_mexico nm new_york ny north_carolina nc north_dakota nd ohio oh oklahoma ok oregon or pennsylvania pa rhode_island ri south_carolina sc south_dakota sd tennessee tn texas tx utah ut vermont vt virginia va washington wa west_virginia wv wisconsin wi wyoming wy ontario on quebec qc british_columbia bc alberta ab'.split(
    ' ',
  );

export const STATE_NAMES: ReadonlySet<string> = new Set(
  STATES.filter((_, index) => index % 2 === 0).map((name) => name.replace('_', ' ')),
);
export const STATE_CODES: ReadonlySet<string> = new Set(STATES.filter((_, index) => index % 2 === 1));

/** How newspapers shorten states. */
export const STATE_ABBREVIATIONS: ReadonlySet<string> = new Set(
  'ala ariz ark calif colo conn del fla ga ill ind kan kans ky la md mass mich minn miss mo mont neb nebr nev okla ore pa penn tenn tex va vt wash wis wisc wyo n.h n.j n.m n.y n.c n.d r.i s.c s.d w.va d.c'.split(
    ' ',
  ),
);

const ISO_COUNTRIES =
  'AF AL DZ AR AM AU AT AZ BD BY BE BZ BO BA BR BG KH CM CA CL CN CO CR CI HR CU CY CZ DK DO EC EG SV EE ET FJ FI FR DE GH GR GT GY HT HN HK HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KR KW LA LV LB LR LT LU MG MW MY ML MT MU MX MD MC MN MA MZ MM NA NP NL NZ NI NE NG NO OM PK PA PG PY PE PH PL PT QA RO RU RW SA SN RS SG SK SI ZA ES LK SD SE CH SY TW TZ TH TG TN TR UG UA AE GB US UY UZ VE VN YE ZM ZW'.split(
    ' ',
  );
const names = new Intl.DisplayNames(['en'], { type: 'region' });

/** English names of countries, lower case. */
export const COUNTRY_NAMES: ReadonlySet<string> = new Set([
  ...ISO_COUNTRIES.map((code) => (names.of(code) ?? code).toLowerCase()),
  'usa',
  'u.s.a',
  'england',
  'scotland',
  'ivory coast',
  'korea',
]);
/** Country names that are also common words of goods. */
export const AMBIGUOUS_COUNTRIES: ReadonlySet<string> = new Set([
  'turkey',
  'chile',
  'jordan',
  'georgia',
  'china',
]);
