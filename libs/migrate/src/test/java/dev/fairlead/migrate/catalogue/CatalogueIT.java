package dev.fairlead.migrate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.testkit.Covers;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The snapshot sees what pg_dump --schema-only sees.
class CatalogueIT {
    private static final String BASE =
            """
            CREATE EXTENSION IF NOT EXISTS pgcrypto;
            CREATE SCHEMA shop;
            CREATE TYPE mood AS ENUM ('calm', 'angry');
            CREATE TYPE pair AS (a int, b text);
            CREATE DOMAIN email AS text;
            CREATE SEQUENCE numbers;
            CREATE TABLE users (id bigint, name varchar(20), m mood, mail email, code text);
            CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, at timestamptz NOT NULL);
            CREATE TABLE events (at date NOT NULL, n int) PARTITION BY RANGE (at);
            CREATE TABLE old_events (at date NOT NULL, n int);
            CREATE INDEX orders_user ON orders (user_id);
            CREATE VIEW v AS SELECT id FROM users;
            CREATE MATERIALIZED VIEW mv AS SELECT id FROM users;
            CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
            CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE FUNCTION et() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
            CREATE PUBLICATION pub FOR TABLE users;
            """;

    /// One change each, and the object in which it must show.
    static Stream<List<String>> changes() {
        return """
        CREATE TABLE t (a int) | table public.t
        CREATE UNLOGGED TABLE t (a int) | table public.t
        ALTER TABLE users ADD note text | table public.users column note
        ALTER TABLE users DROP code | table public.users column code
        ALTER TABLE users ALTER name TYPE varchar(30) | table public.users column name
        ALTER TABLE users ALTER name TYPE text COLLATE "C" | table public.users column name
        ALTER TABLE users ALTER name SET NOT NULL | table public.users column name
        ALTER TABLE users ALTER name SET DEFAULT 'x' | table public.users column name
        ALTER TABLE users ALTER name SET STATISTICS 500 | table public.users column name
        ALTER TABLE users ALTER name SET STORAGE EXTERNAL | table public.users column name
        ALTER TABLE users ALTER name SET (n_distinct = 5) | table public.users column name
        ALTER TABLE users RENAME name TO title | table public.users column title
        ALTER TABLE users ADD g int GENERATED ALWAYS AS (1 + 1) STORED | table public.users column g
        ALTER TABLE orders ALTER id ADD GENERATED ALWAYS AS IDENTITY | table public.orders column id
        ALTER TABLE users SET (fillfactor = 50) | table public.users
        ALTER TABLE orders SET UNLOGGED | table public.orders
        ALTER TABLE users REPLICA IDENTITY FULL | table public.users
        ALTER TABLE users ENABLE ROW LEVEL SECURITY | table public.users
        ALTER TABLE users OWNER TO catalogue_role | table public.users
        ALTER TABLE users RENAME TO people | table public.people
        ALTER TABLE users SET SCHEMA shop | table shop.users
        ALTER TABLE orders ADD CHECK (user_id > 0) | table public.orders constraint orders_user_id_check
        ALTER TABLE orders ADD CONSTRAINT c CHECK (user_id > 0) NOT VALID | table public.orders constraint c
        ALTER TABLE orders ADD UNIQUE (user_id) | table public.orders constraint orders_user_id_key
        ALTER TABLE users ADD FOREIGN KEY (id) REFERENCES orders ON DELETE CASCADE | table public.users constraint users_id_fkey
        ALTER TABLE users ADD FOREIGN KEY (id) REFERENCES orders DEFERRABLE | table public.users constraint users_id_fkey
        ALTER TABLE orders ADD EXCLUDE USING btree (user_id WITH =) | table public.orders constraint orders_user_id_excl
        ALTER TABLE orders DROP CONSTRAINT orders_pkey | table public.orders constraint orders_pkey
        ALTER TABLE old_events INHERIT events_parent | table public.old_events
        ALTER TABLE events ATTACH PARTITION old_events DEFAULT | table public.old_events
        CREATE TABLE e PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01') | table public.e
        CREATE INDEX i ON orders (at) | table public.orders index i
        CREATE UNIQUE INDEX i ON orders (at DESC) WHERE user_id > 3 | table public.orders index i
        DROP INDEX orders_user | table public.orders index orders_user
        ALTER TABLE orders CLUSTER ON orders_pkey | table public.orders index orders_pkey
        CREATE VIEW w AS SELECT 1 AS a | view public.w
        CREATE OR REPLACE VIEW v AS SELECT id FROM users WHERE id > 3 | view public.v
        ALTER VIEW v SET (security_barrier = on) | view public.v
        CREATE MATERIALIZED VIEW mw AS SELECT 1 AS a | materialized view public.mw
        CREATE INDEX i ON mv (id) | materialized view public.mv index i
        CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 2' | function public.f(a integer)
        CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql AS 'SELECT 1' | function public.f(a text)
        ALTER FUNCTION f(int) STABLE | function public.f(a integer)
        ALTER FUNCTION f(int) SET search_path = '' | function public.f(a integer)
        REVOKE EXECUTE ON FUNCTION f(int) FROM PUBLIC | function public.f(a integer)
        CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1' | procedure public.p()
        CREATE AGGREGATE s(int) (sfunc = int4pl, stype = int) | aggregate public.s(integer)
        CREATE TRIGGER tr BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION t() | table public.users trigger tr
        CREATE RULE r AS ON DELETE TO users DO INSTEAD NOTHING | table public.users rule r
        CREATE POLICY p ON users FOR SELECT TO catalogue_role USING (id > 3) | table public.users policy p
        CREATE POLICY p ON users AS RESTRICTIVE WITH CHECK (id > 3) | table public.users policy p
        CREATE STATISTICS st ON id, name FROM users | statistics public.st
        CREATE SEQUENCE s | sequence public.s
        ALTER SEQUENCE numbers INCREMENT 5 | sequence public.numbers
        ALTER SEQUENCE numbers MAXVALUE 500 CYCLE | sequence public.numbers
        ALTER SEQUENCE numbers OWNED BY users.id | sequence public.numbers
        ALTER TYPE mood ADD VALUE 'sad' BEFORE 'angry' | type public.mood
        ALTER TYPE mood RENAME VALUE 'calm' TO 'quiet' | type public.mood
        CREATE TYPE e AS ENUM () | type public.e
        ALTER TYPE pair ADD ATTRIBUTE c int | type public.pair column c
        CREATE TYPE r AS RANGE (subtype = float8) | type public.r
        ALTER DOMAIN email ADD CONSTRAINT at CHECK (VALUE LIKE '%@%') | type public.email constraint at
        ALTER DOMAIN email SET NOT NULL | type public.email
        ALTER DOMAIN email SET DEFAULT 'a@b' | type public.email
        CREATE DOMAIN d AS int | type public.d
        GRANT SELECT ON users TO catalogue_role | table public.users
        GRANT UPDATE (name) ON users TO catalogue_role | table public.users column name
        GRANT USAGE ON SCHEMA shop TO catalogue_role | schema shop
        GRANT USAGE ON SEQUENCE numbers TO catalogue_role | sequence public.numbers
        REVOKE USAGE ON TYPE mood FROM PUBLIC | type public.mood
        ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO catalogue_role | default grants of postgres in shop on tables
        COMMENT ON TABLE users IS 'people' | table public.users
        COMMENT ON COLUMN users.name IS 'their name' | table public.users column name
        COMMENT ON INDEX orders_user IS 'for joins' | table public.orders index orders_user
        COMMENT ON FUNCTION f(int) IS 'one' | function public.f(a integer)
        COMMENT ON TYPE mood IS 'feelings' | type public.mood
        COMMENT ON SCHEMA shop IS 'orders' | schema shop
        COMMENT ON CONSTRAINT orders_pkey ON orders IS 'key' | table public.orders constraint orders_pkey
        CREATE SCHEMA other | schema other
        DROP SCHEMA shop | schema shop
        CREATE EXTENSION hstore | extension hstore
        DROP EXTENSION pgcrypto | extension pgcrypto
        CREATE EVENT TRIGGER ev ON ddl_command_start EXECUTE FUNCTION et() | event trigger ev
        ALTER PUBLICATION pub ADD TABLE orders | publication pub
        CREATE OPERATOR === (leftarg = int, rightarg = int, function = int4eq) | operator public.===(integer,integer)
        CREATE CAST (pair AS text) WITH INOUT | cast from public.pair to text
        CREATE COLLATION german (provider = icu, locale = 'de') | collation public.german
        CREATE TEXT SEARCH CONFIGURATION words (COPY = simple) | text search configuration public.words
        """
                .lines()
                .map(line -> List.of(line.split(" \\| ", 2)));
    }

    private static Db base() {
        once();
        return base.copy();
    }

    private static Db made() {
        var db = PostgresServer.shared(Release.SYSTEM).fresh();
        db.run(
                "DO $$ BEGIN CREATE ROLE catalogue_role; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        db.run(BASE);
        return db;
    }

    private static Snapshot snapshot(Db db) {
        try (var connection = db.connect()) {
            return Catalogue.read(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The cluster's own words around a dump are not the schema.
    private static String dump(Db db) {
        return db.dump();
    }

    private static Db base;
    private static Snapshot snapshotOfBase;
    private static String dumpOfBase;

    private static synchronized void once() {
        if (base == null) {
            base = made();
            snapshotOfBase = snapshot(base);
            dumpOfBase = dump(base);
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    @Covers("SPEC-07")
    void aChangeThatPgDumpSeesIsSeenAndNamed(List<String> change) {
        var db = base();
        if (change.getFirst().contains("events_parent")) {
            db.run("CREATE TABLE events_parent (at date NOT NULL)");
            assertThat(snapshot(db)).isNotEqualTo(snapshotOfBase);
        }
        db.run(change.getFirst());
        var differences = snapshotOfBase.differencesTo(snapshot(db));
        assertThat(dump(db)).as("pg_dump sees it").isNotEqualTo(dumpOfBase);
        assertThat(differences)
                .extracting(Snapshot.Difference::object)
                .as("%s", differences)
                .contains(change.getLast());
    }

    @Test
    void twoDatabasesOfOneSchemaAreEqualInBoth() {
        var other = base();
        other.run("INSERT INTO orders VALUES (1, 2, now()); SELECT nextval('numbers')");
        assertThat(snapshot(other)).isEqualTo(snapshotOfBase);
        assertThat(snapshot(other).digest()).isEqualTo(snapshotOfBase.digest());
        assertThat(dump(other)).isEqualTo(dumpOfBase);
    }

    @Test
    void whatIsUndoneLeavesNoTrace() {
        var other = base();
        other.run(
                "CREATE TABLE t (a serial PRIMARY KEY); DROP TABLE t; ALTER TABLE users ADD z int; ALTER TABLE users DROP z;"
                        + " GRANT SELECT ON users TO catalogue_role; REVOKE SELECT ON users FROM catalogue_role;"
                        + " COMMENT ON TABLE users IS 'x'; COMMENT ON TABLE users IS NULL");
        assertThat(snapshotOfBase.differencesTo(snapshot(other))).isEmpty();
    }

    @Test
    void theMigratorsOwnTablesAndThoseOfOtherToolsAreNotTheSchema() {
        var other = base();
        other.run(
                "CREATE SCHEMA fairlead; CREATE TABLE fairlead.migration_history (a int);"
                        + " CREATE TABLE goose_db_version (id serial PRIMARY KEY, version_id bigint)");
        assertThat(snapshotOfBase.differencesTo(snapshot(other))).isEmpty();
    }

    @Test
    void aDifferenceSaysWhatBecameOfWhat() {
        var other = base();
        other.run(
                "ALTER TABLE users ALTER name TYPE text; CREATE TABLE t (); DROP INDEX orders_user");
        assertThat(snapshotOfBase.differencesTo(snapshot(other)))
                .extracting(Snapshot.Difference::toString)
                .containsExactly(
                        "- table public.orders index orders_user",
                        "+ table public.t",
                        "~ table public.users column name type: character varying(20) -> text");
        assertThat(new Snapshot.Difference("a", "b", Optional.empty(), Optional.of("c")).toString())
                .isEqualTo("~ a b: nothing -> c");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void everyReleaseCanBeRead(Release release) {
        var db = PostgresServer.shared(release).fresh();
        db.run(BASE.replaceFirst("CREATE EXTENSION.*\n", ""));
        var snapshot = snapshot(db);
        assertThat(snapshot.objects())
                .containsKeys(
                        "table public.users",
                        "table public.users column name",
                        "type public.mood",
                        "function public.f(a integer)",
                        "view public.v",
                        "table public.orders index orders_pkey");
        assertThat(snapshot).isEqualTo(snapshot(db));
    }
}
