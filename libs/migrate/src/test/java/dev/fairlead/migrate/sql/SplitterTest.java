package dev.fairlead.migrate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.migrate.sql.Token.Kind;
import dev.fairlead.testkit.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Covers("SPEC-02")
class SplitterTest {
    @Test
    void statementsEndAtSemicolonsAndEmptyOnesAreNone() {
        assertThat(Sql.statements(" ;; select 1 ; ; -- nothing;\n /* ; /* ; */ ; */ select 2; ;"))
                .containsExactly("select 1", "select 2");
        assertThat(Sql.statements("select 1")).containsExactly("select 1");
        assertThat(Sql.statements("")).isEmpty();
        assertThat(Sql.statements("\uFEFFselect 1;")).containsExactly("select 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'a;b''c;'",
                "select 'back\\' as slash",
                "select E'it\\'s;', e'\\\\'",
                "select E'a'\n'\\';b'",
                "select U&'d\\0061t;', U&\"d!0061;\" uescape '!' from t",
                "select b'01', x'1F;', N'n;'",
                "select \"a;\"\"b;\" from t",
                "select 'a'\n  -- between;\n 'b;'",
                "select $$a;b$$, $tag$ $$ ; $tag2$ $tag$",
                "select $1, a$b$c, $é$;$é$",
                "select 1/*;*/ + /* /* ; */ ; */ 2",
                "select @-/*;*/1, 1+--;\n2",
                "create rule r as on insert to t do (select 1; select 2;)",
                "create function f() returns int language sql begin atomic select 1; select 2; end",
                "create or replace procedure p() begin atomic"
                        + " select case when true then 1 else 2 end; select (case 1 when 1 then 2 end); end",
                "create function f() returns int begin atomic select 1 as end; select t.case from t; end",
                "select 1_000, 0x1F, 1..2, 1.5e-3, .5, 1e10",
                "select array[1:2], a::text, b := 1, c => 2",
            })
    void oneStatementStaysOne(String text) {
        assertThat(Sql.statements(text + ";\nselect 'after'"))
                .containsExactly(text, "select 'after'");
    }

    @Test
    void aRoutineInAStringAndAColumnNamedBeginHoldNothingTogether() {
        assertThat(
                        Sql.statements(
                                """
                                create function f() returns trigger language plpgsql as $$ begin return new; end $$;
                                create table t (begin int, "end" int);
                                select begin from t; begin; commit;
                                create function begin() returns int language sql as 'select 1'; select 2;
                                """))
                .hasSize(7);
    }

    @Test
    void tokensHaveTheirMeaning() {
        var tokens =
                Sql.one(
                                "SELECT \"Quo\"\"ted\", E'\\x41\\n\\u00e9', U&'d!0061' UESCAPE '!', $$ x $$, 'it''s' , $1, ÄB_c$, ==- 1")
                        .tokens();
        assertThat(tokens)
                .filteredOn(token -> token.kind() != Kind.SYMBOL)
                .extracting(Token::value)
                .containsExactly(
                        "select",
                        "Quo\"ted",
                        "A\né",
                        "da",
                        "uescape",
                        "!",
                        " x ",
                        "it's",
                        "$1",
                        "Äb_c$",
                        "1");
        assertThat(tokens.get(tokens.size() - 3).value()).isEqualTo("==");
    }

    /// The operator's rule: `==-` ends before the minus, `@-` does not.
    @Test
    void operatorsEndAsTheLexerEndsThem() {
        assertThat(Sql.one("select 1==-1, 2@-3, 4*--c\n5, 6<>/*c*/7").tokens())
                .filteredOn(token -> token.kind() == Kind.SYMBOL && !token.value().equals(","))
                .extracting(Token::value)
                .containsExactly("==", "-", "@-", "*", "<>");
    }

    @Test
    void theRowsOfACopyAreItsLastToken() {
        var text = Sql.split("copy t (a, b) from stdin; -- rows\n1\t;'\n\\N\t2\n\\.\nselect 1;\n");
        assertThat(text.statements()).hasSize(2);
        var copy = text.statements().getFirst();
        assertThat(copy.text()).isEqualTo("copy t (a, b) from stdin");
        assertThat(copy.tokens().getLast().kind()).isEqualTo(Kind.COPY_DATA);
        assertThat(copy.tokens().getLast().value()).isEqualTo("1\t;'\n\\N\t2\n");
        assertThat(text.statements().getLast().text()).isEqualTo("select 1");
        assertThat(Sql.statements("copy t from stdin;\r\n1\r\n\\.\r\nselect 1;"))
                .containsExactly("copy t from stdin", "select 1");
    }

    @Test
    void statementsOnTheLineOfACopyComeBeforeItsRows() {
        var text =
                Sql.split(
                        "copy a from stdin; copy b from stdout; select 1;\n1\n\\.\n2\n\\.\nselect 2");
        assertThat(text.statements())
                .extracting(Statement::text)
                .containsExactly("copy a from stdin", "copy b from stdout", "select 1", "select 2");
        assertThat(text.statements().get(0).tokens().getLast().value()).isEqualTo("1\n");
        assertThat(text.statements().get(1).tokens().getLast().value()).isEqualTo("2\n");
    }

    @Test
    void aCopyThatReadsNoRowsHasNone() {
        for (var copy :
                List.of(
                        "copy t to stdout",
                        "copy t from '/stdin'",
                        "copy (select a from stdin) to stdout",
                        "copy t from program 'stdin'")) {
            assertThat(Sql.statements(copy + ";\nselect 1;")).containsExactly(copy, "select 1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select 1; select 'abc          | SQL_UNTERMINATED_STRING a.sql:1:18",
                "select E'abc\\'                | SQL_UNTERMINATED_STRING a.sql:1:8",
                "select $a$ $$ $b$ $A$          | SQL_UNTERMINATED_DOLLAR_QUOTE a.sql:1:8",
                "select 1 /* /* */              | SQL_UNTERMINATED_COMMENT a.sql:1:10",
                "select \"abc                   | SQL_UNTERMINATED_IDENTIFIER a.sql:1:8",
                "select (1; select (2);         | SQL_UNCLOSED a.sql:1:8",
                "\\connect other                | SQL_META_COMMAND a.sql:1:1",
                "select 1 \\gexec               | SQL_META_COMMAND a.sql:1:10",
                "\\.                            | SQL_META_COMMAND a.sql:1:1",
                "copy t from stdin;             | SQL_COPY_DATA a.sql:1:1",
                "copy t from stdin; select      | SQL_COPY_DATA a.sql:1:1",
            })
    void whatIsWrongIsNamedWithItsPlace(String text, String problem) {
        assertThat(Sql.problems(text)).containsExactly(problem);
    }

    @Test
    void anUnfinishedBodyAndAStatementInTheWayOfRowsAreNamed() {
        assertThat(
                        Sql.problems(
                                "create function f() returns int begin atomic select case 1; end;\nselect 1;"))
                .containsExactly("SQL_UNCLOSED a.sql:1:33");
        assertThat(Sql.problems("copy t from stdin; select\n1;\n\\.\n"))
                .containsExactly("SQL_COPY_DATA a.sql:1:20");
        assertThat(Sql.problems("copy t from stdin;\n1\n\\. \nselect 1;\n"))
                .containsExactly("SQL_COPY_DATA a.sql:1:1");
    }

    @Test
    void everyPsqlCommandIsNamedAtOnceWithWhatToDo() {
        var text =
                "\\set x 1\n\\restrict abc\nselect :x;\n\\i other.sql\nselect 1 \\; select 2;\n\\gurk\n";
        assertThat(Sql.problems(text))
                .containsExactly(
                        "SQL_META_COMMAND a.sql:1:1",
                        "SQL_META_COMMAND a.sql:2:1",
                        "SQL_META_COMMAND a.sql:4:1",
                        "SQL_META_COMMAND a.sql:5:10",
                        "SQL_META_COMMAND a.sql:6:1");
        assertThatThrownBy(() -> Sql.split(text))
                .hasMessageContaining("\\restrict is a command of psql, not SQL; remove the line")
                .hasMessageContaining("put the file's text here")
                .hasMessageContaining("write the semicolon without the backslash");
    }
}
