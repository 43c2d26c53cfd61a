SELECT CASE p.prokind WHEN 'p' THEN 'procedure ' WHEN 'a' THEN 'aggregate ' ELSE 'function ' END
       || s.name || '.' || pg_catalog.quote_ident(p.proname) || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
       x.property, x.value
FROM schemas s
JOIN pg_catalog.pg_proc p ON p.pronamespace = s.oid
LEFT JOIN pg_catalog.pg_aggregate g ON g.aggfnoid = p.oid
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'definition', CASE WHEN p.prokind <> 'a' THEN pg_catalog.pg_get_functiondef(p.oid)
        ELSE pg_catalog.format('%s transition %s final %s(%s) combine %s serial %s deserial %s moving %s %s %s(%s) state %s %s %s initial %s %s sort %s parallel %s',
            pg_catalog.pg_get_function_result(p.oid), g.aggtransfn, g.aggfinalfn, g.aggfinalextra::text || g.aggfinalmodify::text, g.aggcombinefn, g.aggserialfn, g.aggdeserialfn,
            g.aggmtransfn, g.aggminvtransfn, g.aggmfinalfn, g.aggmfinalextra::text || g.aggmfinalmodify::text,
            pg_catalog.format_type(g.aggtranstype, NULL), g.aggtransspace, g.aggmtransspace, g.agginitval, g.aggminitval, g.aggsortop::regoperator, p.proparallel) END,
    'owner', pg_catalog.pg_get_userbyid(p.proowner)::text,
    'grants', (SELECT pg_catalog.string_agg(a::text, ', ' ORDER BY a::text COLLATE "C")
        FROM pg_catalog.unnest(coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) a),
    'comment', pg_catalog.obj_description(p.oid, 'pg_proc')
))) AS x(property, value)
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
ORDER BY 1, 2
