package dev.fairlead.deploy.resolve;

import dev.fairlead.document.Digest;
import dev.fairlead.inventory.environment.EnvironmentRef;
import java.util.List;
import java.util.Set;

/// The numbers that ports get which are not given one: they follow from what the port is for, the same on every machine, as
/// long as nothing is in the way.
public final class PortNumbers {
    private static final int FIRST = 20000;
    private static final int MANY = 12000;

    private PortNumbers() {}

    /// What the name of a unit's port leads to.
    public static int of(EnvironmentRef ref, String unit, String port) {
        return of(List.of(ref.project(), ref.name(), Integer.toString(ref.slot()), unit, port));
    }

    public static int of(List<String> name) {
        long number = Long.parseLong(Digest.ofText(String.join("/", name)).substring(0, 8), 16);
        return FIRST + (int) (number % MANY);
    }

    /// That one, or the next that is not in use; it is in use then.
    public static int free(int wanted, Set<Integer> used) {
        int port = wanted;
        while (!used.add(port)) {
            port = next(port);
        }
        return port;
    }

    /// What is tried after a number that somebody has.
    public static int next(int port) {
        return FIRST + (port - FIRST + 1) % MANY;
    }
}
