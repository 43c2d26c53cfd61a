-- Enums, domains, ranges, and what composite types have beside their columns. Types of tables and arrays say nothing new.
SELECT 'type ' || s.name || '.' || pg_catalog.quote_ident(t.typname), x.property, x.value
FROM schemas s
JOIN pg_catalog.pg_type t ON t.typnamespace = s.oid
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
LEFT JOIN pg_catalog.pg_range g ON g.rngtypid = t.oid
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'kind', CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' WHEN 'c' THEN 'composite'
        WHEN 'b' THEN pg_catalog.format('base %s %s %s', t.typinput, t.typoutput, t.typlen) ELSE t.typtype::text END,
    'owner', pg_catalog.pg_get_userbyid(t.typowner)::text,
    'labels', (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
        FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid),
    'of', CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END,
    'collation', CASE WHEN t.typtype = 'd' AND t.typcollation <> (SELECT b.typcollation FROM pg_catalog.pg_type b WHERE b.oid = t.typbasetype)
        THEN t.typcollation::regcollation::text END,
    'null', CASE WHEN t.typtype = 'd' THEN CASE WHEN t.typnotnull THEN 'never' ELSE 'allowed' END END,
    'default', coalesce(pg_catalog.pg_get_expr(t.typdefaultbin, 0), t.typdefault),
    'range', CASE WHEN g.rngtypid IS NOT NULL THEN pg_catalog.format('%s %s canonical %s difference %s multirange %s collation %s',
        pg_catalog.format_type(g.rngsubtype, NULL), (SELECT o.opcname FROM pg_catalog.pg_opclass o WHERE o.oid = g.rngsubopc),
        g.rngcanonical, g.rngsubdiff, pg_catalog.format_type(g.rngmultitypid, NULL), g.rngcollation::regcollation) END,
    'grants', (SELECT pg_catalog.string_agg(a::text, ', ' ORDER BY a::text COLLATE "C")
        FROM pg_catalog.unnest(coalesce(t.typacl, pg_catalog.acldefault('T', t.typowner))) a),
    'comment', pg_catalog.obj_description(t.oid, 'pg_type')
))) AS x(property, value)
WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c' OR t.typtype = 'b' AND t.typelem = 0)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
      WHERE d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
UNION ALL
SELECT 'type ' || s.name || '.' || pg_catalog.quote_ident(t.typname) || ' constraint ' || pg_catalog.quote_ident(k.conname), x.property, x.value
FROM schemas s
JOIN pg_catalog.pg_type t ON t.typnamespace = s.oid
JOIN pg_catalog.pg_constraint k ON k.contypid = t.oid AND k.contype = 'c'
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'definition', pg_catalog.pg_get_constraintdef(k.oid),
    'comment', pg_catalog.obj_description(k.oid, 'pg_constraint')
))) AS x(property, value)
ORDER BY 1, 2
