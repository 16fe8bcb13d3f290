import { Injectable } from '@nestjs/common';
import { normalizeIdentifier } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';
import { AuditError } from '../audit.errors.js';

/** What a piece of a product holds, and how much of it comes out of what goes in. */
export interface ProductMeasure {
  /** Digital Link of the class. */
  readonly product: string;
  /** Of one piece, in `uom`; null where a piece is only a piece. */
  readonly netContent: number | null;
  /** UN/ECE Recommendation 20. */
  readonly uom: string | null;
  /** Bounds of output by input in one unit. */
  readonly yieldMin: number;
  readonly yieldMax: number;
}

/** A measure to keep; yields are 0 to 1 where they are left out. */
export type ProductMeasureInput = Pick<ProductMeasure, 'product'> & {
  readonly [Key in Exclude<keyof ProductMeasure, 'product'>]?: ProductMeasure[Key] | null;
};

const CLASS = /^https:\/\/id\.gs1\.org\/01\/\d{14}$/;
const UNIT = /^[A-Z0-9]{2,3}$/;
const MAX_LISTED = 1_000;
const COLUMNS = `product, net_content::double precision AS "netContent", uom,
  yield_min::double precision AS "yieldMin", yield_max::double precision AS "yieldMax"`;

/** Keeps the measures by which books are held in one unit. */
@Injectable()
export class ProductMeasureRepository {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Sets the measure of a class; one that was set before is replaced.
   *
   * @throws AuditError `BALANCE_INVALID` naming the field that cannot be
   */
  public async set(input: ProductMeasureInput): Promise<ProductMeasure> {
    const measure = checked(input);
    const { product, netContent, uom, yieldMin, yieldMax } = measure;
    await this.dataSource.query(
      `INSERT INTO product_measure (product, net_content, uom, yield_min, yield_max) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (product) DO UPDATE SET net_content = EXCLUDED.net_content, uom = EXCLUDED.uom,
         yield_min = EXCLUDED.yield_min, yield_max = EXCLUDED.yield_max`,
      [product, netContent, uom, yieldMin, yieldMax],
    );
    return measure;
  }

  /** In the order of their identifiers, at most 1,000 after a class. */
  public async list(after = ''): Promise<ProductMeasure[]> {
    return this.dataSource.query(
      `SELECT ${COLUMNS} FROM product_measure WHERE product > $1 ORDER BY product LIMIT ${MAX_LISTED}`,
      [after],
    );
  }

  /** Whether a partner gave this class its number, so that it may say what a piece holds. */
  public async isOwner(partner: string, product: string): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      'SELECT 1 FROM product_class WHERE uri = $1 AND partner = $2',
      [classOf(product), partner.toLowerCase()],
    );
    return rows.length > 0;
  }

  /** Forgets a measure; false where there was none. */
  public async remove(product: string): Promise<boolean> {
    const [rows] = (await this.dataSource.query(
      'DELETE FROM product_measure WHERE product = $1 RETURNING product',
      [classOf(product)],
    )) as [unknown[], number];
    return rows.length > 0;
  }
}

function checked(input: ProductMeasureInput): ProductMeasure {
  const product = classOf(input.product);
  const { netContent = null, uom = null } = input;
  const [yieldMin, yieldMax] = [input.yieldMin ?? 0, input.yieldMax ?? 1];
  const fail = (words: string): never => {
    throw new AuditError('BALANCE_INVALID', words);
  };
  if ((netContent === null) !== (uom === null)) fail('netContent and uom: give both or neither');
  if (netContent !== null && !(netContent > 0 && netContent < 1e12))
    fail(`netContent: expected more than 0, found ${netContent}`);
  if (uom !== null && !UNIT.test(uom))
    fail(
      `uom: expected a code of UN/ECE Recommendation 20 such as KGM, found ${JSON.stringify(uom.slice(0, 20))}`,
    );
  if (!(yieldMin >= 0 && yieldMin <= yieldMax && yieldMax <= 1_000))
    fail(`yieldMin and yieldMax: expected 0 ≤ least ≤ most ≤ 1000, found ${yieldMin} and ${yieldMax}`);
  return { product, netContent, uom, yieldMin, yieldMax };
}

function classOf(product: string): string {
  const text = product.trim();
  const uri = /^\d{8,14}$/.test(text)
    ? `https://id.gs1.org/01/${text.padStart(14, '0')}`
    : normalizeIdentifier(text.slice(0, 500));
  if (CLASS.test(uri)) return uri;
  throw new AuditError(
    'BALANCE_INVALID',
    `product: ${JSON.stringify(text.slice(0, 60))} is no product class; give a GTIN of 8 to 14 digits or its Digital Link`,
  );
}
