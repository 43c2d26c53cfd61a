package dev.fairlead.target.kubernetes.look;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectSnapshot.Conflict;
import dev.fairlead.deploy.object.ObjectSnapshot.Trial;
import dev.fairlead.deploy.object.Ownership;
import dev.fairlead.target.kubernetes.client.Answer;
import dev.fairlead.target.kubernetes.client.ApplyMode;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.client.Refusal;
import dev.fairlead.target.kubernetes.home.Home;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds out what applying an object would do: from its marks where they prove that it is as it shall be, else by asking
/// the server.
final class Trials {
    /// How the server says that a field cannot change.
    private static final Pattern IMMUTABLE =
            Pattern.compile(
                    "immutable|may not (be )?change|updates to .* (spec )?for fields other than|updates to \\S+ are forbidden|cannot be (changed|updated)|cannot change roleRef|can ?not be unset",
                    Pattern.CASE_INSENSITIVE);

    private final Home home;

    Trials(Home home) {
        this.home = home;
    }

    /// Whether the marks of an object prove that it is as it shall be.
    boolean proves(DesiredObject object, Map<String, Object> live) {
        return Marks.applied(live).filter(object.hash()::equals).isPresent()
                && Ownership.proves(live, Scaled.left(Marks.sent(object), live), ApplyMode.MANAGER);
    }

    /// What the server says.
    Trial of(DesiredObject object, Map<String, Object> live) {
        var sent = Scaled.left(Marks.sent(object), live);
        var address = home.address(object.apiVersion(), object.ref());
        return switch (apply(address, sent, ApplyMode.DRY_RUN)) {
            case Answer.Accepted(var after) -> new Trial.Changed(after);
            case Answer.Refused(var refusal) -> refused(refusal, address, sent);
        };
    }

    private Answer apply(
            ObjectAddress address, Map<String, @Nullable Object> tree, ApplyMode mode) {
        return home.ask(() -> home.cluster().apply(address, tree, mode));
    }

    private Trial refused(
            Refusal refusal, ObjectAddress address, Map<String, @Nullable Object> sent) {
        if (!refusal.conflicts().isEmpty()) {
            var conflicts =
                    refusal.conflicts().stream()
                            .map(one -> new Conflict(one.field(), one.manager()))
                            .toList();
            return switch (apply(address, sent, ApplyMode.DRY_RUN.forcing())) {
                case Answer.Accepted(var after) when refusal.isOwn(ApplyMode.MANAGER) ->
                        new Trial.Changed(after);
                case Answer.Accepted(var after) ->
                        new Trial.Conflicted(conflicts, Optional.of(after));
                case Answer.Refused(var again) when isImmutable(again) -> immutable(again);
                case Answer.Refused _ -> new Trial.Conflicted(conflicts, Optional.empty());
            };
        }
        if (isImmutable(refusal)) {
            return immutable(refusal);
        }
        if (refusal.forbidden() || refusal.invalid() || refusal.status() == 400) {
            return new Trial.Refused(refusal.message());
        }
        throw refusal.problem().thrown();
    }

    static boolean isImmutable(Refusal refusal) {
        return refusal.invalid() && IMMUTABLE.matcher(refusal.message()).find();
    }

    private static Trial immutable(Refusal refusal) {
        var fields =
                refusal.faults().stream()
                        .filter(fault -> IMMUTABLE.matcher(fault.message()).find())
                        .map(Refusal.Fault::field)
                        .distinct()
                        .toList();
        return new Trial.Immutable(fields, refusal.message());
    }
}
