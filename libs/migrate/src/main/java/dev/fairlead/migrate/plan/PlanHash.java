package dev.fairlead.migrate.plan;

import dev.fairlead.document.Digest;
import dev.fairlead.migrate.history.Approval;
import dev.fairlead.migrate.history.Entry;
import dev.fairlead.migrate.history.Entry.Outcome;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.model.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a plan is called.
public final class PlanHash {
    private PlanHash() {}

    static String of(List<PlannedStep> steps) {
        return Digest.ofTree(steps.stream().map(PlanHash::line).toList());
    }

    private static String line(PlannedStep step) {
        return line(
                step.direction(),
                step.migration().id(),
                step.index(),
                step.checksum(),
                step.accepted());
    }

    private static String line(
            Entry.Direction direction, String id, int step, String checksum, boolean accepted) {
        return direction.word() + " " + id + " " + step + " " + checksum + (accepted ? " *" : "");
    }

    /// The approved plan that these steps are, or are the rest of after a run of it ended half way.
    static Optional<String> approved(List<PlannedStep> steps, String hash, History history) {
        var given =
                history.approvals().stream()
                        .filter(approval ->
                                approval.kind() == Approval.Kind.PLAN
                                        && approval.database().equals(history.database()))
                        .map(Approval::subject)
                        .toList();
        if (given.contains(hash)) {
            return Optional.of(hash);
        }
        return given.stream().filter(subject -> isRest(steps, subject, history)).findFirst();
    }

    /// Who approved a plan for this database.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    static List<Approval> given(Optional<String> plan, History history) {
        return history.approvals().stream()
                .filter(approval ->
                        approval.kind() == Approval.Kind.PLAN
                                && approval.database().equals(history.database())
                                && plan.equals(Optional.of(approval.subject())))
                .toList();
    }

    private static boolean isRest(List<PlannedStep> steps, String subject, History history) {
        var lines = new ArrayList<String>();
        for (var entry : history.entries()) {
            if (entry.planHash().equals(subject) && entry.outcome() != Outcome.FAILED) {
                lines.add(
                        line(
                                entry.direction(),
                                entry.migration(),
                                entry.step(),
                                entry.checksum(),
                                entry.outcome() == Outcome.ACCEPTED));
            }
        }
        steps.forEach(step -> lines.add(line(step)));
        return Digest.ofTree(lines).equals(subject);
    }

    /// The digest of what a set of migrations is: a database that was complete for it is known by it.
    public static String ofMigrations(List<Migration> migrations) {
        var digest = Digest.sha256();
        for (var migration : migrations) {
            feed(digest, migration.id() + (migration.background() ? " background" : ""));
            for (var step : migration.up()) {
                feed(digest, StepText.checksum(step));
            }
        }
        return Digest.hex(digest);
    }

    private static void feed(java.security.MessageDigest digest, String line) {
        digest.update((line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
