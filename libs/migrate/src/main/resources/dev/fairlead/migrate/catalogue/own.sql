-- Put before every query of this folder: the schemas and objects that are the user's own. The queries make an object of JSON of
-- the properties, as the server evaluates a list of VALUES anew for each row, which takes three times as long.
WITH schemas AS (
    SELECT n.oid, n.nspname, n.nspowner, n.nspacl, pg_catalog.quote_ident(n.nspname) AS name
    FROM pg_catalog.pg_namespace n
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'fairlead')
      AND n.nspname !~ '^pg_(toast|temp)'
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
), relations AS (
    SELECT c.*, s.name || '.' || pg_catalog.quote_ident(c.relname) AS name,
           CASE c.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' WHEN 'S' THEN 'sequence '
               WHEN 'f' THEN 'foreign table ' WHEN 'c' THEN 'type ' ELSE 'table ' END
               || s.name || '.' || pg_catalog.quote_ident(c.relname) AS object
    FROM pg_catalog.pg_class c JOIN schemas s ON s.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
      -- what other tools keep their history in, with the sequences of it
      AND c.relname !~ '^(goose_db_version|flyway_schema_history|schema_migrations|databasechangelog(lock)?)(_id_seq)?$'
)
