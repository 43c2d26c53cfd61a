package dev.fairlead.target.kubernetes.client;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.target.kubernetes.KubernetesCode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Why the server did not do what it was asked.
///
/// @param purpose what was asked: `apply deployment/api in shop`
/// @param reason the server's word: `Conflict`, `Invalid`, `Forbidden`, `NotFound`, `AlreadyExists`, …
/// @param message the server's sentence, secrets masked
/// @param faults per field, where the server names them
public record Refusal(
        String purpose, int status, String reason, String message, List<Fault> faults) {
    private static final Pattern OWNER =
            Pattern.compile("conflict with \"((?:[^\"\\\\]|\\\\.)*)\"(.*)", Pattern.DOTALL);

    public Refusal {
        faults = List.copyOf(faults);
    }

    /// @param reason `FieldManagerConflict`, `FieldValueInvalid`, `FieldValueForbidden`, …
    /// @param field `.spec.replicas` of a conflict, `spec.selector` of another fault
    public record Fault(String reason, String field, String message) {}

    /// A field that somebody else owns and sets to something else.
    ///
    /// @param field `.spec.replicas`
    /// @param manager who owns it: `kubectl`, and where the server says so with what and when
    public record Conflict(String field, String manager, String message) {}

    /// The fields that others own; empty for any other refusal.
    public List<Conflict> conflicts() {
        return faults.stream()
                .filter(fault -> fault.reason().equals("FieldManagerConflict"))
                .map(Refusal::conflict)
                .toList();
    }

    /// Whether all of them are this manager's own, from a write of another form: nobody else's field is taken.
    public boolean isOwn(String manager) {
        var conflicts = conflicts();
        return !conflicts.isEmpty()
                && conflicts.stream().allMatch(one -> one.manager().equals(manager));
    }

    private static Conflict conflict(Fault fault) {
        var owner = OWNER.matcher(fault.message());
        var manager = owner.matches() ? owner.group(1) : "another manager";
        return new Conflict(fault.field(), manager, fault.message());
    }

    public boolean notFound() {
        return status == 404;
    }

    public boolean alreadyExists() {
        return status == 409 && reason.equals("AlreadyExists");
    }

    /// The object is not any more what the request said it was (resourceVersion or uid).
    public boolean stale() {
        return status == 409 && !alreadyExists() && conflicts().isEmpty();
    }

    public boolean forbidden() {
        return status == 403;
    }

    /// A field's value is not allowed, or may not change any more.
    public boolean invalid() {
        return status == 422;
    }

    public Problem problem() {
        var problem = Problem.error(code(), "cannot " + purpose + ": " + sentence());
        return missingRight().map(problem::withHint).orElse(problem);
    }

    private String sentence() {
        return forbidden()
                ? Forbidden.of(message).map(Forbidden::sentence).orElse(message)
                : message;
    }

    private Optional<String> missingRight() {
        return forbidden() ? Forbidden.of(message).map(Forbidden::hint) : Optional.empty();
    }

    private KubernetesCode code() {
        if (forbidden()) {
            // A quota and an admission rule answer 403 as well, but then a right is not what is
            // missing.
            return Forbidden.of(message).isPresent()
                    ? KubernetesCode.RIGHT_MISSING
                    : KubernetesCode.OBJECT_REFUSED;
        }
        return switch (status) {
            case 404, 410 -> KubernetesCode.OBJECT_MISSING;
            case 409 -> KubernetesCode.OBJECT_CONFLICT;
            default -> KubernetesCode.OBJECT_REFUSED;
        };
    }
}
