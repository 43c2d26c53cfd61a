package dev.fairlead.migrate.sql;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What can be wrong with a text of SQL before any server has seen it.
public enum SqlCode implements Code {
    SQL_UNTERMINATED_STRING(
            "A string begins and never ends; everything after it would be part of it.",
            "Close the string with a single quote; a quote inside of it is written twice."),
    SQL_UNTERMINATED_DOLLAR_QUOTE(
            "A dollar quote begins and its tag never comes again; everything after it would be part of it.",
            "End it with exactly the tag that it began with; letter case counts."),
    SQL_UNTERMINATED_COMMENT(
            "A comment begins with /* and never ends; comments nest in PostgreSQL, so each /* wants its own */.",
            "Close the comment."),
    SQL_UNTERMINATED_IDENTIFIER(
            "A quoted identifier begins and never ends; everything after it would be part of it.",
            "Close it with a double quote; a quote inside of it is written twice."),
    SQL_UNCLOSED(
            "A parenthesis, or a BEGIN ATOMIC, is never closed; a semicolon inside of it ends no statement.",
            "Close it before the statement's semicolon."),
    SQL_META_COMMAND(
            "A line has a backslash command of psql. psql carries it out itself; no server understands it.",
            "Remove the command, or write in SQL what it did."),
    SQL_COPY_DATA(
            "The rows of a COPY … FROM STDIN are not where they must be: on the lines below it, ended by a line with a backslash and a dot alone.",
            "Put the rows directly below the line of the COPY and end them with a line that is a backslash and a dot.");

    private final String meaning;
    private final String remedy;

    SqlCode(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public Kind kind() {
        return Kind.USER;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
