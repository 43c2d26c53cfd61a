-- What belongs to the database as a whole, and the rarer objects of a schema.
SELECT 'schema ' || s.name, x.property, x.value
FROM schemas s
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'owner', pg_catalog.pg_get_userbyid(s.nspowner)::text,
    'grants', (SELECT pg_catalog.string_agg(a::text, ', ' ORDER BY a::text COLLATE "C")
        FROM pg_catalog.unnest(coalesce(s.nspacl, pg_catalog.acldefault('n', s.nspowner))) a),
    'comment', pg_catalog.obj_description(s.oid, 'pg_namespace')
))) AS x(property, value)
UNION ALL
SELECT 'extension ' || pg_catalog.quote_ident(e.extname), x.property, x.value
FROM pg_catalog.pg_extension e
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'version', e.extversion,
    'schema', e.extnamespace::regnamespace::text,
    'comment', pg_catalog.obj_description(e.oid, 'pg_extension')
))) AS x(property, value)
UNION ALL
SELECT 'default grants of ' || pg_catalog.pg_get_userbyid(a.defaclrole)
       || coalesce(' in ' || s.name, '') || ' on '
       || CASE a.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types'
           WHEN 'n' THEN 'schemas' ELSE a.defaclobjtype::text END,
       'grants', (SELECT pg_catalog.string_agg(g::text, ', ' ORDER BY g::text COLLATE "C") FROM pg_catalog.unnest(a.defaclacl) g)
FROM pg_catalog.pg_default_acl a LEFT JOIN schemas s ON s.oid = a.defaclnamespace
UNION ALL
SELECT 'event trigger ' || pg_catalog.quote_ident(t.evtname), x.property, x.value
FROM pg_catalog.pg_event_trigger t
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'definition', pg_catalog.format('%s %s %s', t.evtevent, t.evttags, t.evtfoid::regprocedure),
    'enabled', t.evtenabled::text,
    'comment', pg_catalog.obj_description(t.oid, 'pg_event_trigger')
))) AS x(property, value)
UNION ALL
SELECT 'publication ' || pg_catalog.quote_ident(p.pubname), x.property, x.value
FROM pg_catalog.pg_publication p
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'publishes', pg_catalog.concat_ws(' ', CASE WHEN p.puballtables THEN 'all tables' END, CASE WHEN p.pubinsert THEN 'insert' END,
        CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END,
        CASE WHEN p.pubviaroot THEN 'via root' END),
    'owner', pg_catalog.pg_get_userbyid(p.pubowner)::text,
    'tables', (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', r.prrelid::regclass::text, r.prattrs::text,
            pg_catalog.pg_get_expr(r.prqual, r.prrelid)), ', ' ORDER BY r.prrelid::regclass::text COLLATE "C")
        FROM pg_catalog.pg_publication_rel r WHERE r.prpubid = p.oid),
    'schemas', (SELECT pg_catalog.string_agg(n.pnnspid::regnamespace::text, ', ' ORDER BY n.pnnspid::regnamespace::text COLLATE "C")
        FROM pg_catalog.pg_publication_namespace n WHERE n.pnpubid = p.oid),
    'comment', pg_catalog.obj_description(p.oid, 'pg_publication')
))) AS x(property, value)
UNION ALL
SELECT 'foreign server ' || pg_catalog.quote_ident(v.srvname), x.property, x.value
FROM pg_catalog.pg_foreign_server v JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = v.srvfdw
CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
    'definition', pg_catalog.concat_ws(' ', w.fdwname, v.srvtype, v.srvversion, v.srvoptions::text),
    'owner', pg_catalog.pg_get_userbyid(v.srvowner)::text,
    'grants', v.srvacl::text
))) AS x(property, value)
UNION ALL
SELECT 'collation ' || s.name || '.' || pg_catalog.quote_ident(c.collname), 'definition',
       -- its columns are called differently in every release
       (pg_catalog.to_jsonb(c) - 'oid' - 'collname' - 'collnamespace' - 'collowner' - 'collversion')::text
FROM schemas s JOIN pg_catalog.pg_collation c ON c.collnamespace = s.oid
UNION ALL
SELECT 'operator ' || o.oid::regoperator::text, 'definition',
       pg_catalog.format('%s %s %s commutator %s negator %s restrict %s join %s owner %s', o.oprcode, o.oprcanmerge, o.oprcanhash,
           o.oprcom::regoperator, o.oprnegate::regoperator, o.oprrest, o.oprjoin, pg_catalog.pg_get_userbyid(o.oprowner))
FROM schemas s JOIN pg_catalog.pg_operator o ON o.oprnamespace = s.oid
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e')
UNION ALL
SELECT pg_catalog.format('cast from %s to %s', pg_catalog.format_type(c.castsource, NULL), pg_catalog.format_type(c.casttarget, NULL)),
       'definition', pg_catalog.format('%s %s %s', CASE WHEN c.castfunc <> 0 THEN c.castfunc::regprocedure::text END, c.castcontext, c.castmethod)
FROM pg_catalog.pg_cast c
WHERE c.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_cast'::regclass AND d.objid = c.oid AND d.deptype IN ('e', 'i'))
UNION ALL
SELECT 'text search configuration ' || s.name || '.' || pg_catalog.quote_ident(c.cfgname), 'mapping',
       (SELECT pg_catalog.string_agg(pg_catalog.format('%s %s %s', m.maptokentype, m.mapseqno, m.mapdict::regdictionary), ', ' ORDER BY m.maptokentype, m.mapseqno)
        FROM pg_catalog.pg_ts_config_map m WHERE m.mapcfg = c.oid)
FROM schemas s JOIN pg_catalog.pg_ts_config c ON c.cfgnamespace = s.oid
UNION ALL
SELECT 'text search dictionary ' || s.name || '.' || pg_catalog.quote_ident(d.dictname), 'definition',
       pg_catalog.concat_ws(' ', (SELECT t.tmplname FROM pg_catalog.pg_ts_template t WHERE t.oid = d.dicttemplate), d.dictinitoption)
FROM schemas s JOIN pg_catalog.pg_ts_dict d ON d.dictnamespace = s.oid
ORDER BY 1, 2
