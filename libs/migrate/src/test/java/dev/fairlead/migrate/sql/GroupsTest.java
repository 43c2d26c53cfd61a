package dev.fairlead.migrate.sql;

import static dev.fairlead.migrate.sql.Groups.Run.ALONE;
import static dev.fairlead.migrate.sql.Groups.Run.ONE_TRANSACTION;
import static dev.fairlead.migrate.sql.Groups.Run.OWN_TRANSACTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.sql.Groups.Group;
import dev.fairlead.testkit.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;

@Covers("MIG-04")
class GroupsTest {
    private static List<Group> groups(String text) {
        return Groups.of(Sql.allFacts(text));
    }

    @Test
    void whatMayRunTogetherIsOneGroupWithoutAReason() {
        var groups =
                groups(
                        "create table a (id int); create index i on a (id); insert into a values (1)");
        assertThat(groups).hasSize(1);
        assertThat(groups.getFirst().run()).isEqualTo(ONE_TRANSACTION);
        assertThat(groups.getFirst().statements()).hasSize(3);
        assertThat(groups.getFirst().reason()).isEmpty();
    }

    @Test
    void aFileThatMixesBothKindsIsCutAndSaysWhy() {
        var groups =
                groups(
                        """
                        alter table a add column x int;
                        update a set x = 1;
                        create index concurrently i on a (x);
                        vacuum a;
                        comment on table a is 'x';
                        analyze a;
                        """);
        assertThat(groups)
                .extracting(Group::run)
                .containsExactly(ONE_TRANSACTION, ALONE, ALONE, ONE_TRANSACTION);
        assertThat(groups)
                .extracting(group -> group.reason().orElse("-"))
                .containsExactly(
                        "-",
                        "CREATE INDEX CONCURRENTLY cannot run inside a transaction block",
                        "VACUUM cannot run inside a transaction block",
                        "a new transaction begins after VACUUM");
    }

    @Test
    void aTransactionOfTheTextsOwnIsOneGroup() {
        var groups =
                groups(
                        "select 1; begin; insert into a values (1); vacuum; savepoint s; rollback to s; commit and chain;"
                                + " select 2; end; select 3");
        assertThat(groups)
                .extracting(Group::run)
                .containsExactly(ONE_TRANSACTION, OWN_TRANSACTION, ONE_TRANSACTION);
        assertThat(groups.get(1).statements()).hasSize(8);
        assertThat(groups.get(1).reason()).contains("BEGIN begins a transaction of the text's own");
        assertThat(groups("commit; select 1").getFirst().run()).isEqualTo(ALONE);
    }

    @Test
    void aNewEnumValueIsUsedInALaterTransaction() {
        var groups =
                groups(
                        """
                        alter type mood add value 'so';
                        alter type mood add value 'la' after 'so';
                        insert into a values ('happy');
                        update a set m = 'la';
                        create index on a (id) where m = 'la';
                        """);
        assertThat(groups).extracting(group -> group.statements().size()).containsExactly(3, 2);
        assertThat(groups.get(1).reason())
                .contains(
                        "UPDATE uses the enum value 'la', which the group before adds: it can be used once that has been committed");
        assertThat(groups("alter type mood add value 'so'; do $$ begin perform 'so'::mood; end $$"))
                .hasSize(2);
    }

    @Test
    void whatMayCommitStandsAlone() {
        var groups =
                groups("select 1; call p(); do $$ begin commit; end $$; do $$ begin null; end $$");
        assertThat(groups)
                .extracting(Group::run)
                .containsExactly(ONE_TRANSACTION, ALONE, ALONE, ONE_TRANSACTION);
        assertThat(groups.get(1).reason())
                .contains("CALL may commit, and can only do so outside a transaction block");
    }
}
