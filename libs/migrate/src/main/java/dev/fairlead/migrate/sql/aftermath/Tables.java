package dev.fairlead.migrate.sql.aftermath;

import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.ObjectName;

/// Tables and their partitions.
final class Tables {
    private Tables() {}

    /// DETACH PARTITION CONCURRENTLY is two transactions; FINALIZE makes up for the second.
    static Aftermath detached(Effect.DetachPartition detach) {
        var finalize =
                "ALTER TABLE %s DETACH PARTITION %s FINALIZE"
                        .formatted(
                                Literals.name(detach.table()), Literals.name(detach.partition()));
        return new Aftermath(
                """
                SELECT CASE WHEN h.inhrelid IS NULL THEN 'DONE' WHEN h.inhdetachpending THEN 'HALF' ELSE 'MISSING' END AS state,
                       CASE WHEN h.inhdetachpending THEN %s END AS todo
                  FROM (VALUES (1)) AS one
                  LEFT JOIN pg_inherits h ON h.inhparent = %s AND h.inhrelid = %s\
                """
                        .formatted(
                                Literals.text(finalize),
                                Literals.relation(detach.table()),
                                Literals.relation(detach.partition())),
                "is %s still a partition of %s?".formatted(detach.partition(), detach.table()));
    }

    static Aftermath attached(Effect.AttachPartition attach) {
        return Aftermath.when(
                "EXISTS (SELECT FROM pg_inherits WHERE inhparent = %s AND inhrelid = %s)"
                        .formatted(
                                Literals.relation(attach.table()),
                                Literals.relation(attach.partition())),
                "is %s a partition of %s?".formatted(attach.partition(), attach.table()));
    }

    static Aftermath created(ObjectName table) {
        return Aftermath.when(
                Literals.relation(table) + " IS NOT NULL", "is table %s there?".formatted(table));
    }

    static Aftermath dropped(ObjectName table) {
        return Aftermath.when(
                Literals.relation(table) + " IS NULL", "is table %s gone?".formatted(table));
    }

    static Aftermath renamed(Effect.RenameTable rename) {
        var target = new ObjectName(rename.table().schema(), rename.to());
        return Aftermath.when(
                Literals.relation(rename.table())
                        + " IS NULL AND "
                        + Literals.relation(target)
                        + " IS NOT NULL",
                "has table %s become %s?".formatted(rename.table(), rename.to()));
    }
}
