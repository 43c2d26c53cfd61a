package dev.fairlead.inventory.evaluate;

import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.cluster.PodSecurity;
import dev.fairlead.inventory.cluster.Workload;
import dev.fairlead.inventory.cluster.Workload.Account;
import dev.fairlead.inventory.cluster.Workspace;
import dev.fairlead.inventory.keys.RunKeys;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.read.StackText.Listed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What Kubernetes needs to know of a unit beside its manifests.
final class Workloads {
    private Workloads() {}

    /// @param readinessTimeout what holds where the unit says nothing
    /// @param workspace the stack's
    static Workload of(
            UnitModel unit,
            Duration readinessTimeout,
            Flows flows,
            Scalars values,
            Optional<Workspace> workspace) {
        var node = unit.node();
        return new Workload(
                UnitKeys.SCOPE.text(node).filter("infrastructure-singleton"::equals).isPresent(),
                UnitKeys.INJECT.flag(node),
                UnitKeys.POD_SECURITY
                        .text(node)
                        .map(PodSecurity::of)
                        .orElse(PodSecurity.RESTRICTED),
                account(unit),
                new TreeSet<>(UnitKeys.DROP_KINDS.texts(node)),
                UnitKeys.READY
                        .map(node)
                        .flatMap(UnitKeys.READY_CEL::scalar)
                        .map(rule -> new Workload.ReadyRule(rule.text(), rule.place())),
                UnitKeys.RUN
                        .map(node)
                        .flatMap(RunKeys.READY::map)
                        .flatMap(RunKeys.READY_TIMEOUT::span)
                        .or(() ->
                                UnitKeys.MIGRATIONS_TIMEOUT
                                        .span(node)
                                        .filter(_ -> unit.listed() == Listed.MIGRATIONS))
                        .orElse(readinessTimeout),
                flows.reaches(unit),
                flows.of(unit, values),
                workspace.filter(one -> mounts(unit, one)),
                Optional.empty(),
                List.of());
    }

    /// Services and agents do; infrastructure only what is granted to it.
    private static boolean mounts(UnitModel unit, Workspace workspace) {
        return UnitKeys.WORKSPACE.flag(unit.node())
                && (unit.listed() == Listed.SERVICES
                        || unit.isAgent()
                        || !workspace.of(unit.name().value()).isEmpty());
    }

    static Account account(UnitModel unit) {
        var said = UnitKeys.SERVICE_ACCOUNT.scalar(unit.node());
        return said.map(Workloads::account).orElseGet(Account.None::new);
    }

    private static Account account(Node.Scalar said) {
        if (said.value() instanceof Boolean own) {
            return own ? new Account.Own() : new Account.None();
        }
        return new Account.Named(said.printed());
    }
}
