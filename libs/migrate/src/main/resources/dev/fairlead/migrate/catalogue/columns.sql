SELECT r.object || ' column ' || pg_catalog.quote_ident(a.attname), x.property, x.value
FROM relations r
JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped AND r.relkind <> 'S'
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    -- among those that are there: a dropped column leaves a gap in the numbers
    'position', (SELECT count(*)::text FROM pg_catalog.pg_attribute b
        WHERE b.attrelid = a.attrelid AND b.attnum BETWEEN 1 AND a.attnum AND NOT b.attisdropped),
    'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
    'collation', CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,
    'null', CASE WHEN a.attnotnull THEN 'never' ELSE 'allowed' END,
    'default', CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END,
    'generated', CASE WHEN a.attgenerated <> '' THEN a.attgenerated::text || ' ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) END,
    'identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
    'storage', CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END,
    'compression', CASE WHEN a.attcompression <> '' THEN a.attcompression::text END,
    'statistics', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::text END,
    'options', (SELECT pg_catalog.string_agg(o, ', ' ORDER BY o COLLATE "C") FROM pg_catalog.unnest(a.attoptions) o),
    'foreign options', (SELECT pg_catalog.string_agg(o, ', ' ORDER BY o COLLATE "C") FROM pg_catalog.unnest(a.attfdwoptions) o),
    'grants', (SELECT pg_catalog.string_agg(g::text, ', ' ORDER BY g::text COLLATE "C") FROM pg_catalog.unnest(a.attacl) g),
    'inherited', CASE WHEN a.attinhcount > 0 THEN CASE WHEN a.attislocal THEN 'and its own' ELSE 'alone' END END,
    'comment', pg_catalog.col_description(a.attrelid, a.attnum)
))) AS x(property, value)
