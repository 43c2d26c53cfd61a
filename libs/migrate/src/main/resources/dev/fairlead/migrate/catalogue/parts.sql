-- What belongs to one table: constraints, indexes, triggers, rules, policies, extended statistics.
SELECT r.object || ' constraint ' || pg_catalog.quote_ident(k.conname), x.property, x.value
FROM relations r
-- NOT NULL (since 18) is said of the column
JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid AND k.contype IN ('c', 'f', 'p', 'u', 'x')
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'definition', pg_catalog.pg_get_constraintdef(k.oid),
    'inherited', CASE WHEN k.coninhcount > 0 OR k.conparentid <> 0 THEN CASE WHEN k.conislocal THEN 'and its own' ELSE 'alone' END END,
    'comment', pg_catalog.obj_description(k.oid, 'pg_constraint')
))) AS x(property, value)
UNION ALL
SELECT r.object || ' index ' || pg_catalog.quote_ident(c.relname), x.property, x.value
FROM relations r
JOIN pg_catalog.pg_index i ON i.indrelid = r.oid
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'definition', pg_catalog.pg_get_indexdef(i.indexrelid),
    'valid', CASE WHEN i.indisvalid THEN 'yes' ELSE 'no' END,
    'clustered', CASE WHEN i.indisclustered THEN 'yes' END,
    'replica identity', CASE WHEN i.indisreplident THEN 'yes' END,
    'tablespace', ts.spcname::text,
    'partition of', (SELECT h.inhparent::regclass::text FROM pg_catalog.pg_inherits h WHERE h.inhrelid = i.indexrelid),
    'statistics', (SELECT pg_catalog.string_agg(a.attnum || ' ' || a.attstattarget, ', ' ORDER BY a.attnum)
        FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0),
    'comment', pg_catalog.obj_description(i.indexrelid, 'pg_class')
))) AS x(property, value)
UNION ALL
SELECT r.object || ' trigger ' || pg_catalog.quote_ident(t.tgname), x.property, x.value
FROM relations r
JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'definition', pg_catalog.pg_get_triggerdef(t.oid),
    'enabled', CASE t.tgenabled WHEN 'O' THEN 'yes' WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' ELSE 'always' END,
    'inherited', CASE WHEN t.tgparentid <> 0 THEN 'yes' END,
    'comment', pg_catalog.obj_description(t.oid, 'pg_trigger')
))) AS x(property, value)
UNION ALL
SELECT r.object || ' rule ' || pg_catalog.quote_ident(w.rulename), x.property, x.value
FROM relations r
JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid AND w.rulename <> '_RETURN'
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'definition', pg_catalog.pg_get_ruledef(w.oid),
    'enabled', w.ev_enabled::text,
    'comment', pg_catalog.obj_description(w.oid, 'pg_rewrite')
))) AS x(property, value)
UNION ALL
SELECT r.object || ' policy ' || pg_catalog.quote_ident(p.polname), x.property, x.value
FROM relations r
JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'command', CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
    'kind', CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END,
    'roles', (SELECT pg_catalog.string_agg(CASE role WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(role)::text END, ', '
        ORDER BY CASE role WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(role)::text END COLLATE "C") FROM pg_catalog.unnest(p.polroles) role),
    'using', pg_catalog.pg_get_expr(p.polqual, p.polrelid),
    'with check', pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid),
    'comment', pg_catalog.obj_description(p.oid, 'pg_policy')
))) AS x(property, value)
UNION ALL
SELECT 'statistics ' || s.name || '.' || pg_catalog.quote_ident(e.stxname), x.property, x.value
FROM schemas s
JOIN pg_catalog.pg_statistic_ext e ON e.stxnamespace = s.oid
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'definition', pg_catalog.pg_get_statisticsobjdef(e.oid),
    'owner', pg_catalog.pg_get_userbyid(e.stxowner)::text,
    'target', CASE WHEN e.stxstattarget >= 0 THEN e.stxstattarget::text END,
    'comment', pg_catalog.obj_description(e.oid, 'pg_statistic_ext')
))) AS x(property, value)
ORDER BY 1, 2
