-- One row per table: how many rows, how many bytes, and its columns. Everybody may read all of this.
WITH RECURSIVE tables AS (
    SELECT c.oid, n.nspname, c.relname, c.relkind
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm')
      AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND n.nspname !~ '^pg_(toast|temp)'
), tree AS (
    SELECT oid AS root, oid AS part FROM tables WHERE relkind = 'p'
    UNION ALL
    SELECT t.root, i.inhrelid FROM tree t JOIN pg_catalog.pg_inherits i ON i.inhparent = t.part
), leaves AS (
    -- A partitioned table holds nothing itself: it is as large as its partitions together.
    SELECT t.root, t.part AS leaf
    FROM tree t JOIN pg_catalog.pg_class c ON c.oid = t.part
    WHERE c.relkind <> 'p'
    UNION ALL
    SELECT oid, oid FROM tables WHERE relkind <> 'p'
), held AS (
    -- Asking the size of a table waits for its lock. Of one that somebody holds, or is about to, the catalogue has to do.
    SELECT DISTINCT relation
    FROM pg_catalog.pg_locks
    WHERE locktype = 'relation' AND mode = 'AccessExclusiveLock' AND pid <> pg_catalog.pg_backend_pid()
      AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
), measured AS (
    SELECT l.root, l.leaf, c.reltuples,
           c.relpages::bigint * pg_catalog.current_setting('block_size')::bigint AS noted,
           CASE WHEN h.relation IS NULL THEN pg_catalog.pg_relation_size(l.leaf) END AS own,
           CASE WHEN h.relation IS NULL THEN pg_catalog.pg_total_relation_size(l.leaf) END AS total
    FROM leaves l JOIN pg_catalog.pg_class c ON c.oid = l.leaf
    LEFT JOIN held h ON h.relation = l.leaf
), sizes AS (
    SELECT root,
           sum(CASE
               WHEN own = 0 THEN 0
               -- never analysed: reltuples is -1; then what the statistics have counted
               ELSE greatest(reltuples::bigint, pg_catalog.pg_stat_get_live_tuples(leaf), 1)
           END)::bigint AS rows,
           sum(coalesce(total, noted))::bigint AS bytes
    FROM measured
    GROUP BY root
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
