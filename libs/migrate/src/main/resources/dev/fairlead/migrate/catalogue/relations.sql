SELECT r.object, x.property, x.value
FROM relations r
LEFT JOIN pg_catalog.pg_am am ON am.oid = r.relam
LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = r.reltablespace
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'owner', pg_catalog.pg_get_userbyid(r.relowner)::text,
    'persistence', CASE r.relpersistence WHEN 'p' THEN 'permanent' WHEN 'u' THEN 'unlogged' ELSE 'temporary' END,
    'grants', (SELECT pg_catalog.string_agg(a::text, ', ' ORDER BY a::text COLLATE "C")
        FROM pg_catalog.unnest(coalesce(r.relacl,
            pg_catalog.acldefault(CASE r.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", r.relowner))) a),
    'comment', pg_catalog.obj_description(r.oid, 'pg_class'),
    'access method', am.amname::text,
    'tablespace', ts.spcname::text,
    'options', (SELECT pg_catalog.string_agg(o, ', ' ORDER BY o COLLATE "C") FROM pg_catalog.unnest(r.reloptions) o),
    'toast options', (SELECT pg_catalog.string_agg(o, ', ' ORDER BY o COLLATE "C")
        FROM pg_catalog.pg_class t, pg_catalog.unnest(t.reloptions) o WHERE t.oid = r.reltoastrelid),
    'row security', CASE WHEN r.relkind IN ('r', 'p') THEN
        CASE WHEN r.relrowsecurity THEN 'on' ELSE 'off' END || CASE WHEN r.relforcerowsecurity THEN ', forced' ELSE '' END END,
    'replica identity', CASE WHEN r.relkind IN ('r', 'p') THEN
        CASE r.relreplident WHEN 'd' THEN 'default' WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full' ELSE 'index' END END,
    'partition key', CASE WHEN r.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(r.oid) END,
    'partition bound', CASE WHEN r.relispartition THEN pg_catalog.pg_get_expr(r.relpartbound, r.oid) END,
    'inherits', (SELECT pg_catalog.string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
        FROM pg_catalog.pg_inherits i WHERE i.inhrelid = r.oid AND r.relkind IN ('r', 'p', 'f')),
    'of type', CASE WHEN r.reloftype <> 0 THEN pg_catalog.format_type(r.reloftype, NULL) END,
    'query', CASE WHEN r.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(r.oid) END,
    'server', (SELECT s.srvname || coalesce(' ' || (SELECT pg_catalog.string_agg(o, ', ' ORDER BY o COLLATE "C")
        FROM pg_catalog.unnest(f.ftoptions) o), '')
        FROM pg_catalog.pg_foreign_table f JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = r.oid),
    'sequence', (SELECT pg_catalog.format('%s start %s increment %s min %s max %s cache %s%s',
            pg_catalog.format_type(q.seqtypid, NULL), q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache,
            CASE WHEN q.seqcycle THEN ' cycle' ELSE '' END)
        FROM pg_catalog.pg_sequence q WHERE q.seqrelid = r.oid),
    'owned by', (SELECT d.refobjid::regclass || '.' || pg_catalog.quote_ident(a.attname)
        FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE r.relkind = 'S' AND d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = r.oid
          AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i'))
))) AS x(property, value)
