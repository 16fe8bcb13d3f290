import { Inject, Injectable } from '@nestjs/common';
import { bulkInsert } from '@tallyhouse/database';
import { DataSource, type EntityManager } from 'typeorm';
import type { SentenceEncoder } from '../encoder/sentence-encoder.strategy.js';
import { SENTENCE_ENCODER } from '../encoder/sentence-encoder.token.js';
import { quantise, toBytes, unitVector } from '../search/quantised.js';
import { discoverTopics } from './discover-topics.js';
import { topicPlacer } from './topic-vectors.js';
import type { WordSpace } from './word-space.js';

interface VectorRow {
  readonly id: string;
  readonly vector: Buffer;
  readonly words: string;
}

interface Run {
  readonly id: string;
  readonly texts: number;
}

/** Fewer texts have no topics. */
const LEAST_TEXTS = 20;
/** Topics are found again when the texts have grown by so much. */
const GROWTH = 1.2;
/** Texts that topics are found from, spread evenly over all; the others are put to the nearest. */
const SAMPLE = 3_000;
const ASSIGNED_A_ROUND = 5_000;
const KEPT_RUNS = 3;
const SEED = 1;
const MEMBER_COLUMNS = { run_id: 'bigint', text_id: 'uuid', number: 'int', similarity: 'real' };

/** Finds topics when there are enough new texts, and puts every other new text to the nearest one. */
@Injectable()
export class TopicRefresh {
  public constructor(
    private readonly dataSource: DataSource,
    @Inject(SENTENCE_ENCODER) private readonly encoder: SentenceEncoder,
  ) {}

  /** Returns how many texts were put to a topic. */
  public async run(now: Date): Promise<number> {
    const [{ texts }]: [{ texts: number }] = await this.dataSource.query(
      'SELECT count(*)::integer AS texts FROM text_vector WHERE encoder = $1',
      [this.encoder.id],
    );
    if (texts < LEAST_TEXTS) return 0;
    const [latest]: Run[] = await this.dataSource.query(
      'SELECT id, texts FROM text_topic_run WHERE encoder = $1 ORDER BY id DESC LIMIT 1',
      [this.encoder.id],
    );
    return this.dataSource.transaction(async (manager) => {
      const run = latest && texts < GROWTH * latest.texts ? latest.id : await this.find(manager, texts, now);
      return this.assign(manager, run);
    });
  }

  private async find(manager: EntityManager, texts: number, now: Date): Promise<string> {
    const every = Math.max(1, Math.ceil(texts / SAMPLE));
    const rows: VectorRow[] = await manager.query(
      `SELECT t.id, v.vector, t.title || ' ' || t.body AS words FROM text_vector v JOIN text t ON t.id = v.text_id
       WHERE v.encoder = $1 AND v.seq % $2 = 0 ORDER BY v.seq LIMIT $3`,
      [this.encoder.id, every, SAMPLE],
    );
    const { topics, space } = discoverTopics(
      rows.map(({ words }) => words),
      rows.map(({ vector }) => unitVector(vector)),
      { seed: SEED, starts: 2 },
    );
    const [{ id }]: [{ id: string }] = await manager.query(
      'INSERT INTO text_topic_run (encoder, seed, texts, made_at) VALUES ($1, $2, $3, $4) RETURNING id',
      [this.encoder.id, SEED, texts, now],
    );
    await keepSpace(manager, id, space);
    for (const { number, name, terms, centroid } of topics) {
      await manager.query(
        'INSERT INTO text_topic (run_id, number, name, terms, centroid) VALUES ($1, $2, $3, $4, $5)',
        [id, number, name, terms.map(({ term }) => term), toBytes(quantise(centroid))],
      );
    }
    await manager.query(
      'DELETE FROM text_topic_run WHERE id NOT IN (SELECT id FROM text_topic_run ORDER BY id DESC LIMIT $1)',
      [KEPT_RUNS],
    );
    return id;
  }

  private async assign(manager: EntityManager, run: string): Promise<number> {
    const topics: { number: number; centroid: Buffer }[] = await manager.query(
      'SELECT number, centroid FROM text_topic WHERE run_id = $1 ORDER BY number',
      [run],
    );
    const centroids = topics.map(({ centroid }) => unitVector(centroid));
    const place = topicPlacer(await spaceOf(manager, run));
    for (let assigned = 0; ;) {
      const rows: VectorRow[] = await manager.query(
        `SELECT v.text_id AS id, v.vector, t.title || ' ' || t.body AS words
         FROM text_vector v JOIN text t ON t.id = v.text_id WHERE v.encoder = $1
           AND NOT EXISTS (SELECT FROM text_topic_member m WHERE m.run_id = $2 AND m.text_id = v.text_id)
         ORDER BY v.seq LIMIT ${ASSIGNED_A_ROUND}`,
        [this.encoder.id, run],
      );
      const members = rows.map(({ id, vector, words }) => {
        const { number, similarity } = nearest(place(words, unitVector(vector)), centroids);
        return [run, id, topics[number]!.number, similarity];
      });
      await bulkInsert(manager, 'text_topic_member', MEMBER_COLUMNS, members);
      assigned += rows.length;
      if (rows.length < ASSIGNED_A_ROUND) return assigned;
    }
  }
}

async function keepSpace(manager: EntityManager, run: string, space: WordSpace): Promise<void> {
  const { words, dimensions, vectors } = space;
  const bytes = Buffer.from(vectors.buffer, vectors.byteOffset, vectors.byteLength);
  await manager.query(
    'INSERT INTO text_topic_space (run_id, words, dimensions, vectors) VALUES ($1, $2, $3, $4)',
    [run, words, dimensions, bytes],
  );
}

async function spaceOf(manager: EntityManager, run: string): Promise<WordSpace> {
  const [{ words, dimensions, bytes }]: [{ words: string[]; dimensions: number; bytes: Buffer }] =
    await manager.query(
      'SELECT words, dimensions, vectors AS bytes FROM text_topic_space WHERE run_id = $1',
      [run],
    );
  // Numbers of four bytes must begin at a place that is a multiple of four.
  return { words, dimensions, vectors: new Float32Array(Uint8Array.from(bytes).buffer) };
}

function nearest(
  vector: Float32Array,
  centroids: readonly Float32Array[],
): { number: number; similarity: number } {
  let best = { number: 0, similarity: -Infinity };
  for (const [number, centroid] of centroids.entries()) {
    let similarity = 0;
    for (let i = 0; i < centroid.length; i += 1) similarity += centroid[i]! * vector[i]!;
    if (similarity > best.similarity) best = { number, similarity };
  }
  return best;
}
