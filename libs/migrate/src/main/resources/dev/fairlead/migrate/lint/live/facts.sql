-- One row per table: how many rows, how many bytes, and its columns. Everybody may read all of this.
WITH tables AS (
    SELECT c.oid, n.nspname, c.relname, c.relkind
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm')
      AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND n.nspname !~ '^pg_(toast|temp)'
), leaves AS (
    -- A partitioned table holds nothing itself: it is as large as its partitions together.
    SELECT t.oid AS root, p.relid AS leaf
    FROM tables t CROSS JOIN LATERAL pg_catalog.pg_partition_tree(t.oid) p
    WHERE t.relkind = 'p' AND p.isleaf AND p.relid <> t.oid
    UNION ALL
    SELECT oid, oid FROM tables WHERE relkind <> 'p'
), sizes AS (
    SELECT l.root,
           sum(CASE
               WHEN pg_catalog.pg_relation_size(l.leaf) = 0 THEN 0
               -- never analysed: reltuples is -1; then what the statistics have counted
               ELSE greatest(c.reltuples::bigint, pg_catalog.pg_stat_get_live_tuples(l.leaf), 1)
           END)::bigint AS rows,
           sum(pg_catalog.pg_total_relation_size(l.leaf))::bigint AS bytes
    FROM leaves l JOIN pg_catalog.pg_class c ON c.oid = l.leaf
    GROUP BY l.root
)
SELECT pg_catalog.current_setting('server_version_num')::integer AS server_version,
       t.nspname || '.' || t.relname AS name,
       coalesce(s.rows, 0) AS rows,
       coalesce(s.bytes, 0) AS bytes,
       a.names, a.types, a.never_null
FROM (VALUES (1)) AS always(one)
LEFT JOIN tables t ON true
LEFT JOIN sizes s ON s.root = t.oid
LEFT JOIN LATERAL (
    SELECT pg_catalog.array_agg(a.attname::text ORDER BY a.attnum) AS names,
           pg_catalog.array_agg(pg_catalog.format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum) AS types,
           pg_catalog.array_agg(a.attnotnull OR EXISTS (
               SELECT FROM pg_catalog.pg_constraint k
               WHERE k.conrelid = t.oid AND k.contype = 'c' AND k.convalidated AND k.conkey = ARRAY[a.attnum]
                 AND pg_catalog.pg_get_constraintdef(k.oid) = 'CHECK ((' || pg_catalog.quote_ident(a.attname) || ' IS NOT NULL))'
           ) ORDER BY a.attnum) AS never_null
    FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
) a ON true
ORDER BY 2
