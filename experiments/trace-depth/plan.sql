-- One level of a forward trace: 50 lots at once.
SELECT (n.ordinality - 1)::integer AS index, e.kind, e.source, e.target, e.by_class AS "byClass",
  e.quantity::double precision AS quantity, e.uom, e.at AS "validFrom", e.until AS "validTo",
  e.event_id AS "eventId"
FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[])
  WITH ORDINALITY AS n (uri, reach_from, reach_to, ordinality)
CROSS JOIN LATERAL (
  SELECT edge.*, ended.until FROM edge
  LEFT JOIN LATERAL (
SELECT min(at) AS until FROM (
  (SELECT later.at FROM edge later
    WHERE later.source = edge.source AND (later.at, later.seq) > (edge.at, edge.seq) AND later.kind = edge.kind
      AND CASE WHEN later.action = 'DELETE' THEN later.target = edge.target
        AND (NOT edge.by_class OR later.quantity IS NULL OR edge.quantity IS NULL OR later.quantity >= edge.quantity)
        ELSE later.target <> edge.target AND NOT edge.by_class END
      AND true AND later.declared_at IS NULL
    ORDER BY later.at, later.seq LIMIT 1)
  UNION ALL
  (SELECT emptied.at FROM edge emptied
    WHERE emptied.source = '*' AND emptied.target = edge.target AND emptied.kind = edge.kind
      AND (emptied.at, emptied.seq) > (edge.at, edge.seq) AND true AND emptied.declared_at IS NULL
    ORDER BY emptied.at, emptied.seq LIMIT 1)
) ends) ended
    ON edge.kind IN ('AGGREGATION', 'ASSOCIATION')
  WHERE edge.source = n.uri AND edge.kind = ANY($4::text[]) AND edge.action <> 'DELETE'
    AND edge.at <= n.reach_to AND true AND edge.declared_at IS NULL
    AND CASE WHEN edge.kind IN ('AGGREGATION', 'ASSOCIATION')
      THEN ended.until IS NULL OR ended.until > n.reach_from ELSE edge.at >= n.reach_from END
  ORDER BY edge.at, edge.seq, edge.ordinal LIMIT $5
) e
ORDER BY n.ordinality, e.at, e.seq, e.ordinal

-- Incremental Sort (actual time=1.516..5.168 rows=116.00 loops=1)
--   Sort Key: n.ordinality, edge.at, edge.seq, edge.ordinal
--   Presorted Key: n.ordinality
--   Full-sort Groups: 4  Sort Method: quicksort  Average Memory: 31kB  Peak Memory: 31kB
--   Buffers: shared hit=1009 read=98
--   ->  Nested Loop (actual time=0.201..4.995 rows=116.00 loops=1)
--         Buffers: shared hit=1009 read=98
--         ->  Function Scan on n (actual time=0.036..0.076 rows=50.00 loops=1)
--         ->  Limit (actual time=0.093..0.094 rows=2.32 loops=50)
--               Buffers: shared hit=1009 read=98
--               ->  Incremental Sort (actual time=0.092..0.092 rows=2.32 loops=50)
--                     Sort Key: edge.at, edge.seq, edge.ordinal
--                     Presorted Key: edge.at, edge.seq
--                     Full-sort Groups: 50  Sort Method: quicksort  Average Memory: 25kB  Peak Memory: 25kB
--                     Buffers: shared hit=1009 read=98
--                     ->  Nested Loop Left Join (actual time=0.047..0.087 rows=2.32 loops=50)
--                           Join Filter: (edge.kind = ANY ('{AGGREGATION,ASSOCIATION}'::text[]))
--                           Rows Removed by Join Filter: 1
--                           Filter: CASE WHEN (edge.kind = ANY ('{AGGREGATION,ASSOCIATION}'::text[])) THEN ((((InitPlan 1).col1) IS NULL) OR (((InitPlan 1).col1) > n.reach_from)) ELSE (edge.at >= n.reach_from) END
--                           Buffers: shared hit=1009 read=98
--                           ->  Index Scan using edge_source on edge (actual time=0.024..0.037 rows=2.32 loops=50)
--                                 Index Cond: ((source = n.uri) AND (at <= n.reach_to))
--                                 Filter: ((declared_at IS NULL) AND (action <> 'DELETE'::text) AND (kind = ANY ('{AGGREGATION,ASSOCIATION,INPUT,LOT,DEPARTURE,DESTINATION,ARRIVAL}'::text[])))
--                                 Rows Removed by Filter: 1
--                                 Index Searches: 50
--                                 Buffers: shared hit=253 read=67
--                           ->  Result (actual time=0.019..0.019 rows=1.00 loops=116)
--                                 Buffers: shared hit=756 read=31
--                                 InitPlan 1
--                                   ->  Limit (actual time=0.018..0.018 rows=0.43 loops=116)
--                                         Buffers: shared hit=756 read=31
--                                         ->  Merge Append (actual time=0.018..0.018 rows=0.43 loops=116)
--                                               Sort Key: "*SELECT* 1".at
--                                               Buffers: shared hit=756 read=31
--                                               ->  Subquery Scan on "*SELECT* 1" (actual time=0.013..0.013 rows=0.43 loops=116)
--                                                     Filter: ("*SELECT* 1".at IS NOT NULL)
--                                                     Buffers: shared hit=524 read=31
--                                                     ->  Limit (actual time=0.012..0.012 rows=0.43 loops=116)
--                                                           Buffers: shared hit=524 read=31
--                                                           ->  Index Scan using edge_source on edge later (actual time=0.011..0.011 rows=0.43 loops=116)
--                                                                 Index Cond: ((source = edge.source) AND (ROW(at, seq) > ROW(edge.at, edge.seq)))
--                                                                 Filter: ((declared_at IS NULL) AND (kind = edge.kind) AND CASE WHEN (action = 'DELETE'::text) THEN ((target = edge.target) AND ((NOT edge.by_class) OR (quantity IS NULL) OR (edge.quantity IS NULL) OR (quantity >= edge.quantity))) ELSE ((target <> edge.target) AND (NOT edge.by_class)) END)
--                                                                 Rows Removed by Filter: 0
--                                                                 Index Searches: 116
--                                                                 Buffers: shared hit=524 read=31
--                                               ->  Subquery Scan on "*SELECT* 2" (actual time=0.004..0.004 rows=0.00 loops=116)
--                                                     Filter: ("*SELECT* 2".at IS NOT NULL)
--                                                     Buffers: shared hit=232
--                                                     ->  Limit (actual time=0.003..0.003 rows=0.00 loops=116)
--                                                           Buffers: shared hit=232
--                                                           ->  Index Scan using edge_emptied on edge emptied (actual time=0.002..0.002 rows=0.00 loops=116)
--                                                                 Index Cond: ((target = edge.target) AND (kind = edge.kind) AND (ROW(at, seq) > ROW(edge.at, edge.seq)))
--                                                                 Filter: (declared_at IS NULL)
--                                                                 Index Searches: 116
--                                                                 Buffers: shared hit=232
-- Planning:
--   Buffers: shared hit=5
-- Planning Time: 1.177 ms
-- Execution Time: 5.356 ms
