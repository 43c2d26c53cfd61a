package dev.fairlead.migrate.goose;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What can be wrong with goose files. The messages are goose's own.
public enum GooseCode implements Code {
    GOOSE_ANNOTATION(
            "A comment has +goose in it and is not one of goose's annotations. They begin in the first column: -- +goose Up, Down, StatementBegin, StatementEnd, NO TRANSACTION, ENVSUB ON, ENVSUB OFF.",
            "Correct the annotation, or take the + out of a comment that is none."),
    GOOSE_ORDER(
            "The annotations of a goose file do not follow each other as they must: one Up, then at most one Down, each with StatementBegin and StatementEnd in pairs.",
            "Put the annotations in this order; a file begins with -- +goose Up."),
    GOOSE_UNFINISHED(
            "A statement is not finished where its part of the file ends. goose ends a statement at a semicolon that ends a line.",
            "End the statement with a semicolon, or put it between -- +goose StatementBegin and -- +goose StatementEnd."),
    GOOSE_SUBSTITUTION(
            "A variable cannot be put in place, in a part of the file where ENVSUB is ON.",
            "Set the variable, correct the expression, or write $$ for a dollar sign."),
    GOOSE_LINE_TOO_LONG(
            "A line has 4 MiB or more, which goose does not read.",
            "Break the line; rows of data go over several statements."),
    GOOSE_LOST_LINE(
            "goose drops the line after a StatementBegin and StatementEnd with nothing between them, and sends an empty statement in its place.",
            "Remove the empty StatementBegin and StatementEnd, so that the line runs."),
    GOOSE_NO_WAY_BACK(
            "The Down part of a file cannot be read. goose runs the Up part of such a file, and so does Fairlead; it cannot be undone.",
            "Correct the Down part, or remove it."),
    GOOSE_FILE_NAME(
            "The name of a .sql file in a folder of migrations does not begin with a number and an underscore.",
            "Rename it to NUMBER_name.sql, or move it out of the folder."),
    GOOSE_DUPLICATE(
            "Two files have one number, leading zeros aside.",
            "Give one of the two another number."),
    GOOSE_GO_MIGRATION(
            "A migration is written in Go. It is part of a program of its own, which only Go can build.",
            "Write it as SQL, or as a data step with exec in a MigrationSpec; with its number baselined, the .go file may go.");

    private final String meaning;
    private final String remedy;

    GooseCode(String meaning, String remedy) {
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
