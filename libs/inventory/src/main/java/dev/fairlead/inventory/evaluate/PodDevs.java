package dev.fairlead.inventory.evaluate;

import dev.fairlead.inventory.cluster.PodDev;
import dev.fairlead.inventory.environment.Mode;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.keys.StackKeys;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.model.ModelReader;
import dev.fairlead.inventory.model.UnitModel;

/// Whether the pods of a unit run its `dev` block. That takes a workspace to run on, and Fairlead itself in the pod.
final class PodDevs {
    private PodDevs() {}

    static boolean apply(Scope.Subject subject, UnitModel unit) {
        return arePossible(subject)
                && unit.dev().isPresent()
                && UnitKeys.WORKSPACE.flag(unit.node())
                && UnitKeys.INJECT.flag(unit.node())
                && unit.builtin().filter(word -> !word.equals("static")).isEmpty()
                && Presence.command(unit, Mode.DEV).isPresent();
    }

    /// Whether any unit can.
    static boolean arePossible(Scope.Subject subject) {
        return subject.target() == TargetKind.KUBERNETES
                && subject.environment().mode() == Mode.DEV
                && lacks(subject).isEmpty();
    }

    /// What the stack lacks for it, in words.
    static String lacks(Scope.Subject subject) {
        var workspace = subject.workspace();
        if (workspace.isEmpty()) {
            return subject.model().workspace().isEmpty()
                    ? "the stack has no workspace"
                    : "the environment has no workspace";
        }
        if (workspace.get().accessMode().equals("ReadWriteOncePod")) {
            return "the workspace is of one pod alone";
        }
        boolean known =
                ModelReader.under(StackKeys.IMAGES, subject.model().spec())
                        .entries()
                        .containsKey(PodDev.IMAGE);
        return known ? "" : "there is no image \"" + PodDev.IMAGE + "\"";
    }
}
