package dev.fairlead.migrate.sql;

import dev.fairlead.migrate.sql.Corpora.Text;
import java.util.ArrayList;
import java.util.List;

/// Texts in which something makes it hard to see where a statement ends.
final class OwnTexts {
    private static final List<String> TEXTS =
            List.of(
                    "select 1; select 2",
                    ";;; select 1;; ;",
                    "select ';', ';''', '\\'; select 2;",
                    "select E'\\';', E'\\\\'; select 2;",
                    "select e'\\''';', 'x'; select 2;",
                    "select U&'\\0041;' uescape '!'; select U&\";\" from t; select 2;",
                    "select B'0;', X'1;', N'n;'; select 2;",
                    "select 'a'\n';b'; select 'a'  -- c;\n  ';b' ; select 'a' /* c */ ';b';",
                    "select E'a'\n'\\\\;b'; select 2;",
                    "select 'a' ';b'; select 2;",
                    "select 'a'\r\n';b';\r\nselect 2;\r\n",
                    "select \"a;\", \"b\"\";\"; select 2;",
                    "select $$;$$, $a$;$$;$b$;$a$; select 2;",
                    "select $a$ $a $a$; select $1; select 2;",
                    "select a$a$; select b$1$; select 2;",
                    "select $é$ ; $é$; select é$;$; select 2;",
                    "select $_$;$_$, $a1$;$a1$; select 2;",
                    "select 1$a$;$a$; select 2;",
                    "select $A$ $a$ ; $A$; select 2;",
                    "select /* ; /* ; */ ; */ 1; select 2;",
                    "/* a */ select 1; -- ;\n-- ;\nselect 2 -- ;\n;",
                    "select 1 --;\n+ 2; select 3;",
                    "select 1 -/* ; */ 2; select 3 +-- ;\n 4; select 5;",
                    "select /*/ ; */ 1; select /**/ 2; select /***/ 3; select /*;**/ 4;",
                    "select //* ; */ 1; select 2;",
                    "select 1 */ ; select 2;",
                    "select (1; 2); select 3;",
                    "select (1; ')'; \")\"; $$)$$ /* ) */ ); select 3;",
                    "select 1) ; select (2);",
                    "select [1; 2]; select 3;",
                    "create rule r as on insert to t do also (insert into u values (1); delete from u); select 2;",
                    "create function f() returns int language sql begin atomic select 1; select 2; end; select 3;",
                    "create function f() returns int begin atomic select case when 1 = 1 then 2 end; end; select 3;",
                    "create or replace procedure p() begin atomic insert into t values (1); end; select 3;",
                    "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT (CASE WHEN true THEN 1 END); END; SELECT 3;",
                    "create procedure p() language plpgsql as $$ begin; end $$; select 3;",
                    "begin; select 1; end; begin atomic; select 2; end;",
                    "select case when true then 1 end; select 2;",
                    "create table t (a int, b text default ';'); insert into t values (1, ';');",
                    "create table t (a int, b text);\ncopy t from stdin;\n1\t;'\n2\t\\N\n\\.\nselect 2;",
                    "create table t (a int);\ncopy t from stdin; select 1; -- ;\n1\n\\.\nselect 2;",
                    "create table t (a int);\r\ncopy t (a) from stdin with (format csv);\r\n1\r\n\\.\r\nselect 2;\r\n",
                    "create table t (a int);\ncopy t from stdin; copy t from stdin;\n1\n\\.\n2\n\\.\nselect 2;",
                    "create table t (a int);\ncopy t from stdin;\n\\.\nselect 2;",
                    "create table t (a text);\ncopy t to stdout; select 'x';\ncopy (select a from t) to stdout; select 2;",
                    "select 'été;', \"naïve;\", ünï; select 2;",
                    "select 1_000, 0x1F, 0b1, 1..2, 1.e5, .5; select 2;",
                    "select 1;\u00a0select 2;",
                    "\uFEFFselect 1; select 2;",
                    "select '\u3000;', 'a\tb;'; select\f2;",
                    "select a::text, b:=1, c=>2, d ? ';', e ?| array[';'], f @> '{;}'; select 2;",
                    "select 'a' 'b;'; select '' ''';'; select '''';",
                    "do $$ begin perform 1; perform 2; end $$; do language plpgsql 'begin null; end'; select 2;",
                    "syntax error; also $ this; and \u00a7 that; select ' ';",
                    "select 1\n\n\n;\n\n-- last\n",
                    "prepare p as select $1; execute p (';'); deallocate p;",
                    "select e'\\\\\\'; '; select ee'; '; select 2;",
                    "select u&';'; select u & ';'; select nn';'; select 2;",
                    "select '--'; select '/*'; select \"--\"; select $$--$$; select 2; --",
                    "select ~- 1, @-1, 1 <>-1, 1*-1, !!-- ;\n 1; select 2;");

    private OwnTexts() {}

    static List<Text> list() {
        var texts = new ArrayList<Text>();
        for (var text : TEXTS) {
            texts.add(new Text(text, text));
        }
        return texts;
    }
}
