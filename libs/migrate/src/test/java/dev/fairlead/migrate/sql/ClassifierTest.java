package dev.fairlead.migrate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.sql.Effect.AddColumn;
import dev.fairlead.migrate.sql.Effect.AddConstraint;
import dev.fairlead.migrate.sql.Effect.Constraint;
import dev.fairlead.migrate.sql.Facts.InTransaction;
import dev.fairlead.migrate.sql.Facts.Lock;
import dev.fairlead.testkit.Covers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Covers({"SPEC-02", "MIG-04"})
class ClassifierTest {
    private static final ObjectName T = name("t");

    private static ObjectName name(String name) {
        return new ObjectName(Optional.empty(), name);
    }

    private static List<Effect> effects(String text) {
        return Sql.facts(text).effects();
    }

    private static AddConstraint constraint(
            ObjectName table, String name, Constraint kind, String references) {
        return new AddConstraint(
                table,
                Optional.ofNullable(name),
                kind,
                Optional.ofNullable(references).map(ClassifierTest::name),
                false,
                false);
    }

    @Test
    void aNewTableIsItsColumnsAndConstraints() {
        var text =
                """
                CREATE TABLE IF NOT EXISTS t (
                  id bigserial PRIMARY KEY,
                  "Name" character varying(10) COLLATE "C" NOT NULL DEFAULT 'a (b' CHECK (length("Name") > 0),
                  at timestamp with time zone DEFAULT now() NOT NULL,
                  u_id int CONSTRAINT to_u REFERENCES u (id) ON DELETE SET NULL ON UPDATE CASCADE UNIQUE,
                  total numeric(10, 2) GENERATED ALWAYS AS (1 + 2) STORED,
                  LIKE other INCLUDING ALL,
                  CONSTRAINT many UNIQUE (id, at),
                  FOREIGN KEY (id) REFERENCES v,
                  EXCLUDE USING gist (at WITH =)
                )\
                """;
        assertThat(effects(text))
                .containsExactly(
                        new Effect.CreateTable(T, true, false),
                        new AddColumn(T, "id", "bigserial", true, true, true, false),
                        constraint(T, null, Constraint.PRIMARY_KEY, null),
                        new AddColumn(T, "Name", "character varying(10)", true, true, false, false),
                        constraint(T, null, Constraint.CHECK, null),
                        new AddColumn(
                                T, "at", "timestamp with time zone", true, true, false, false),
                        new AddColumn(T, "u_id", "int", false, false, false, false),
                        constraint(T, "to_u", Constraint.FOREIGN_KEY, "u"),
                        constraint(T, null, Constraint.UNIQUE, null),
                        new AddColumn(T, "total", "numeric(10, 2)", false, true, true, false),
                        constraint(T, "many", Constraint.UNIQUE, null),
                        constraint(T, null, Constraint.FOREIGN_KEY, "v"),
                        constraint(T, null, Constraint.EXCLUDE, null));
        assertThat(Sql.facts(text).locks())
                .containsExactly(
                        new Lock(name("u"), LockMode.SHARE_ROW_EXCLUSIVE),
                        new Lock(name("v"), LockMode.SHARE_ROW_EXCLUSIVE),
                        new Lock(name("other"), LockMode.ACCESS_SHARE));
    }

    @Test
    void everyActionOfAnAlterTableIsAnEffect() {
        assertThat(
                        effects(
                                """
                                ALTER TABLE IF EXISTS ONLY t ADD a int, ADD COLUMN IF NOT EXISTS b uuid NOT NULL DEFAULT gen_random_uuid(),
                                  DROP c, DROP COLUMN IF EXISTS d CASCADE, ALTER e TYPE text USING e::text, ALTER COLUMN f SET DATA TYPE varchar(5),
                                  ALTER g SET NOT NULL, ALTER g DROP NOT NULL, ALTER g SET DEFAULT 1, ALTER g DROP DEFAULT,
                                  ADD CONSTRAINT h CHECK (a > 0 AND b NOT IN (1, 2)) NOT VALID, ADD PRIMARY KEY USING INDEX i,
                                  ADD CONSTRAINT j NOT NULL a, VALIDATE CONSTRAINT k, DROP CONSTRAINT IF EXISTS l, SET LOGGED, ENABLE ROW LEVEL SECURITY
                                """))
                .containsExactly(
                        new AddColumn(T, "a", "int", false, false, false, false),
                        new AddColumn(T, "b", "uuid", true, true, true, true),
                        new Effect.DropColumn(T, "c", false),
                        new Effect.DropColumn(T, "d", true),
                        new Effect.ChangeType(T, "e", "text", true),
                        new Effect.ChangeType(T, "f", "varchar(5)", false),
                        new Effect.SetNotNull(T, "g"),
                        new Effect.DropNotNull(T, "g"),
                        new Effect.SetDefault(T, "g"),
                        new Effect.AlterTable(T, "ALTER G DROP DEFAULT"),
                        new AddConstraint(
                                T,
                                Optional.of("h"),
                                Constraint.CHECK,
                                Optional.empty(),
                                true,
                                false),
                        new AddConstraint(
                                T,
                                Optional.empty(),
                                Constraint.PRIMARY_KEY,
                                Optional.empty(),
                                false,
                                true),
                        constraint(T, "j", Constraint.NOT_NULL, null),
                        new Effect.ValidateConstraint(T, "k"),
                        new Effect.DropConstraint(T, "l", true),
                        new Effect.AlterTable(T, "SET LOGGED"),
                        new Effect.AlterTable(T, "ENABLE ROW LEVEL SECURITY"));
        assertThat(effects("ALTER TABLE t RENAME a TO b"))
                .containsExactly(new Effect.RenameColumn(T, "a", "b"));
        assertThat(effects("ALTER TABLE t RENAME TO u"))
                .containsExactly(new Effect.RenameTable(T, "u"));
        assertThat(effects("ALTER TABLE t ATTACH PARTITION p DEFAULT"))
                .containsExactly(new Effect.AttachPartition(T, name("p")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gen_random_uuid()",
                "uuid_generate_v4()",
                "random() * 2",
                "clock_timestamp()",
                "my.own_function(1)",
                "(nextval('s'))",
            })
    void aDefaultThatDiffersFromRowToRowWritesEveryRow(String value) {
        assertThat(added("ADD COLUMN a text DEFAULT " + value).volatileDefault()).isTrue();
        assertThat(added("ADD COLUMN a text DEFAULT " + value + " NOT NULL").notNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "'x (y)'",
                "now()",
                "'{}'::jsonb",
                "ARRAY[]::numeric(1, 2)[]",
                "- 1",
                "NULL",
                "CURRENT_TIMESTAMP(3)",
                "now() + interval '1 day'",
                "coalesce(lower('A'), 'b')",
                "timezone('utc', now())",
                "(1 + 2)",
            })
    void aConstantOrStableDefaultWritesNoRow(String value) {
        var added = added("ADD COLUMN a text DEFAULT " + value + " NOT NULL");
        assertThat(added.volatileDefault()).isFalse();
        assertThat(added.hasDefault()).isEqualTo(!value.equals("NULL"));
        assertThat(added.notNull()).isTrue();
        assertThat(added.type()).isEqualTo("text");
    }

    @Test
    void generatedColumnsWriteRowsWhenTheyAreStored() {
        assertThat(added("ADD a int GENERATED ALWAYS AS (b + 1) STORED").volatileDefault())
                .isTrue();
        assertThat(added("ADD a int GENERATED ALWAYS AS (b + 1) VIRTUAL").volatileDefault())
                .isFalse();
        assertThat(added("ADD a int GENERATED BY DEFAULT AS IDENTITY (START 5)").volatileDefault())
                .isTrue();
    }

    private static AddColumn added(String action) {
        return (AddColumn) effects("ALTER TABLE t " + action).getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create unique index concurrently if not exists s.i on s.t (a) | CREATE INDEX CONCURRENTLY",
                "select 1 | SELECT",
                "(select 1) union select 2 | SELECT",
                "with x as (select 1) insert into t select 1 | INSERT",
                "with x as (delete from t returning 1) select 1 | SELECT",
                "create or replace function f() returns int as '' language sql | CREATE FUNCTION",
                "create table t as select 1 | CREATE TABLE AS",
                "create temp table t (a int) | CREATE TABLE",
                "create unlogged table t (a int) | CREATE TABLE",
                "alter materialized view m rename to n | ALTER MATERIALIZED VIEW",
                "drop text search configuration c | DROP TEXT SEARCH CONFIGURATION",
                "reindex index concurrently i | REINDEX INDEX CONCURRENTLY",
                "alter type m add value 'x' | ALTER TYPE ADD VALUE",
                "start transaction | START TRANSACTION",
                "commit prepared 'x' | COMMIT PREPARED",
                "rollback to savepoint s | ROLLBACK TO SAVEPOINT",
                "explain analyze delete from t | EXPLAIN",
                "security label on table t is 'x' | SECURITY LABEL",
                "discard all | DISCARD ALL",
                "notify x | NOTIFY",
            })
    void aCommandIsNamedAsPeopleNameIt(String text, String command) {
        assertThat(Sql.facts(text).command()).isEqualTo(command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin",
                "start transaction read only",
                "commit",
                "end",
                "rollback work",
                "abort",
                "commit and chain",
                "prepare transaction 'x'",
            })
    void whatBeginsAndEndsATransactionControlsIt(String text) {
        assertThat(Sql.facts(text).inTransaction()).isEqualTo(InTransaction.CONTROLS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table t",
                "drop index concurrently i",
                "drop schema s cascade",
                "drop owned by x",
                "drop cast (int as text)",
                "drop function f(int, text), g",
                "truncate t",
                "delete from t where a = 1",
                "alter table t drop column a",
                "alter table t add b int, drop constraint c",
                "with x as (delete from t) select 1",
                "merge into t using u on true when matched then delete",
                "explain analyze delete from t",
            })
    void whatLosesDataOrAPartOfTheSchemaIsDestructive(String text) {
        assertThat(Sql.facts(text).destructive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (a int)",
                "update t set a = 1",
                "explain delete from t",
                "alter table t alter a drop not null",
                "alter table t rename to u",
                "insert into t values (1) on conflict do nothing",
                "vacuum full t",
                "comment on table t is 'drop table t'",
            })
    void whatOnlyAddsOrChangesIsNot(String text) {
        assertThat(Sql.facts(text).destructive()).isFalse();
    }

    @Test
    void writesAreFilteredWhenTheirOwnWhereIsThere() {
        assertThat(effects("update t set a = (select 1 from u where true)"))
                .containsExactly(new Effect.WriteRows("UPDATE", T, false));
        assertThat(effects("delete from t where a = 1"))
                .containsExactly(new Effect.WriteRows("DELETE", T, true));
        assertThat(effects("with x as (update t set a = 1) select 1 where true"))
                .containsExactly(new Effect.WriteRows("UPDATE", T, false));
        assertThat(effects("copy t (a) from stdin where a > 1;\n\\.\n"))
                .containsExactly(new Effect.WriteRows("COPY", T, true));
    }

    @Test
    void namesAreFoldedAndCutAsTheServerDoes() {
        var long1 = "é".repeat(40);
        assertThat(effects("DROP TABLE Public.\"Tä\"\"b\", " + long1))
                .containsExactly(
                        new Effect.DropTable(new ObjectName(Optional.of("public"), "Tä\"b"), false),
                        new Effect.DropTable(name("é".repeat(31)), false));
    }

    @Test
    void settingsAreNamed() {
        assertThat(effects("SET LOCAL Lock_Timeout = '1s'"))
                .containsExactly(new Effect.Setting("lock_timeout", true));
        assertThat(effects("set session my.var to 1"))
                .containsExactly(new Effect.Setting("my.var", false));
        assertThat(effects("SET TIME ZONE 'UTC'"))
                .containsExactly(new Effect.Setting("timezone", false));
        assertThat(effects("RESET search_path"))
                .containsExactly(new Effect.Setting("search_path", false));
        assertThat(effects("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create",
                "alter",
                "drop",
                "create table",
                "alter table t add",
                "drop index",
                "create index on",
                "alter table t alter",
                "lock table t in",
                "copy",
                "truncate",
                "comment",
                "refresh",
                "set",
                "merge into",
                "create table t (",
                "alter type t add value",
                "with",
                "(",
                "insert into",
                "1 2 3",
                "'x'",
                "vacuum (",
                "explain",
                "do",
                "reindex",
            })
    void aStatementThatIsNoneIsTheServersToRefuse(String text) {
        var open = new dev.fairlead.diagnostic.Source("a.sql", text);
        for (var statement : Parts.of(open).statements()) {
            assertThat(Classifier.classify(statement).statement()).isEqualTo(statement);
        }
    }
}
