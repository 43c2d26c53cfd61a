package dev.fairlead.cli.flag;

import dev.fairlead.deploy.plan.Wishes;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/// What a plan may do with what belongs to others, on Kubernetes.
public final class WishOptions {
    @Option(
            names = "--take-over",
            paramLabel = "OBJECT:FIELD",
            description =
                    "Take this field from the manager that owns it, as the plan names it (Kubernetes). May be repeated.")
    List<String> takeOver = List.of();

    @Option(
            names = "--adopt",
            paramLabel = "OBJECT",
            description =
                    "Make an object that is there already this environment's, as the plan names it (Kubernetes). May be repeated.")
    List<String> adopt = List.of();

    public Wishes wishes() {
        return new Wishes(new TreeSet<>(takeOver), new TreeSet<>(adopt));
    }
}
