package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.journal.Store;
import dev.fairlead.deploy.journal.Tenure;
import dev.fairlead.deploy.render.Revision;
import dev.fairlead.deploy.render.Verbatim;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// Keeps what the environment is after a good end: the units of the plan, and those that it left as they are.
record KeptRevision(Target target, Clock clock, Store store, Tenure tenure) {
    /// @return the number of the new revision
    long keep(Prepared prepared, SortedMap<String, String> images, Optional<Long> returnsTo) {
        var units = applied();
        // What a unit of a kind of its own stands for is what the plan wants of it; the target may
        // have it from an earlier one.
        prepared.desired()
                .units()
                .forEach((name, wanted) -> {
                    boolean runs =
                            Optional.ofNullable(prepared.environment().units().get(name))
                                    .filter(unit -> unit.run().isPresent())
                                    .isPresent();
                    if (!runs || !units.containsKey(name)) {
                        units.put(name, wanted.content());
                    }
                });
        var derived = Verbatim.of(prepared.resolution()).derived(prepared.environment());
        earlier()
                .ifPresent(before ->
                        before.derived()
                                .forEach((unit, names) -> {
                                    if (!prepared.desired().units().containsKey(unit)) {
                                        derived.put(unit, names);
                                    }
                                }));
        return keep(
                units,
                derived,
                new Made(
                        prepared.plan().hash(),
                        prepared.plan().inputHash(),
                        returnsTo,
                        prepared.environment().outline().limits().history(),
                        images));
    }

    /// After units left: the rest of what was there.
    ///
    /// @param most how many revisions are kept
    long keepTheRest(int most) {
        return keep(
                applied(),
                earlier().map(Revision::derived).orElseGet(TreeMap::new),
                new Made(
                        "-",
                        "-",
                        Optional.empty(),
                        most,
                        earlier().map(Revision::images).orElseGet(TreeMap::new)));
    }

    /// How a revision came about.
    private record Made(
            String planHash,
            String inputHash,
            Optional<Long> returnsTo,
            int most,
            SortedMap<String, String> images) {}

    private SortedMap<UnitName, Map<String, Object>> applied() {
        return new TreeMap<>(target.contents(tenure.record().ref()));
    }

    private Optional<Revision> earlier() {
        return store.findRevision(tenure.record().revision()).map(Revision::read);
    }

    private long keep(
            SortedMap<UnitName, Map<String, Object>> units,
            SortedMap<UnitName, SortedSet<String>> derived,
            Made made) {
        var graph = tenure.record().graph().within(units.keySet());
        units.keySet().retainAll(graph.nodes().keySet()); // nobody knows the place of a stranger
        long number = tenure.record().revision() + 1;
        var revision =
                new Revision(
                        number,
                        clock.instant(),
                        tenure.execution(),
                        tenure.record().ref().toString(),
                        made.planHash(),
                        made.inputHash(),
                        made.returnsTo(),
                        graph,
                        units,
                        derived,
                        made.images());
        store.keepRevision(number, revision.text(), made.most());
        return number;
    }
}
