package dev.fairlead.inventory.model;

import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.cluster.Workspace;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.read.StackText;
import dev.fairlead.inventory.read.StackText.Declared;
import dev.fairlead.inventory.unit.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// A stack as it was written.
///
/// @param name `metadata.name`
/// @param project what environments are kept under
/// @param units the units as they are without an environment's overlays, in the order of the files
/// @param declared the same, before components were merged in
/// @param stages the stages that are deployed
/// @param workspace the volume that services and agents share
public record StackModel(
        StackText text,
        String name,
        String project,
        SortedMap<String, SecretModel> secrets,
        SortedMap<String, EnvironmentModel> environments,
        Map<String, UnitModel> units,
        Map<String, Declared> declared,
        Set<Stage> stages,
        Outline.Limits limits,
        Optional<Workspace> workspace) {

    public Node.Mapping spec() {
        return text.spec();
    }

    /// The environment that is meant when none is named: the only one with a target, else `dev` when it has one.
    public Optional<EnvironmentModel> defaultEnvironment() {
        List<EnvironmentModel> usable =
                environments.values().stream()
                        .filter(environment -> environment.target().isPresent())
                        .toList();
        return usable.size() == 1
                ? Optional.of(usable.getFirst())
                : usable.stream().filter(one -> one.name().equals("dev")).findFirst();
    }
}
