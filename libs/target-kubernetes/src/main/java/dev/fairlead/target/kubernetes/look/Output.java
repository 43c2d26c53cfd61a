package dev.fairlead.target.kubernetes.look;

import dev.fairlead.deploy.mask.Masks;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.ready.Finding;
import dev.fairlead.target.kubernetes.ready.Finding.Speaker;
import dev.fairlead.target.kubernetes.stream.Logs;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What containers print, with the secrets that are known masked.
public final class Output {
    private static final int TAIL = 20;

    private final Home home;
    private final Masks masks;
    private final Masks ofSentences;

    public Output(Home home, SortedMap<String, Marked> secrets) {
        this(home, secrets, Set.of());
    }

    /// @param names of objects: a value that is a part of one is no secret in a sentence that names it
    Output(Home home, SortedMap<String, Marked> secrets, Set<String> names) {
        this.home = home;
        this.masks = Masks.of(secrets);
        var rest = new TreeMap<>(secrets);
        rest.values()
                .removeIf(value ->
                        names.stream().anyMatch(name -> name.contains(value.reveal().strip())));
        this.ofSentences = Masks.of(rest);
    }

    /// The last lines of the run of a container that counts; where it printed nothing, those of the other one.
    private List<String> tail(Speaker speaker) throws InterruptedException {
        var lines = tail(speaker, !speaker.runs());
        return lines.isEmpty() ? tail(speaker, speaker.runs()) : lines;
    }

    private List<String> tail(Speaker speaker, boolean previous) throws InterruptedException {
        var lines = new ArrayList<String>();
        read(
                Map.entry(speaker.pod(), speaker.container()),
                new Wanted(false, previous, Optional.of(TAIL)),
                lines::add);
        lines.removeIf(Output::isOfNode);
        return lines;
    }

    /// A node answers with its own words where the output of a container is being put away at that moment.
    private static boolean isOfNode(String line) {
        return line.startsWith("failed to try resolving symlinks in path")
                || line.startsWith("unable to retrieve container logs for");
    }

    /// A cause with the last lines of the container that knows more, where there are any to be had. What others say in it
    /// (a probe, a webhook) is freed of secrets too.
    public Cause with(Finding finding) throws InterruptedException {
        var cause = finding.cause();
        var lines = finding.speaker().isEmpty() ? List.<String>of() : lines(finding);
        return new Cause(
                cause.code(),
                // This one is all our own words.
                cause.code() == CauseCode.SCHEMA_MISSING
                        ? cause.what()
                        : ofSentences.masked(cause.what()),
                cause.advice(),
                lines.isEmpty() ? cause.evidence().stream().map(this::masked).toList() : lines);
    }

    private List<String> lines(Finding finding) throws InterruptedException {
        var speaker = finding.speaker().orElseThrow();
        try {
            return tail(speaker);
        } catch (ProblemException e) {
            return List.of(); // without the right to read logs the cause stands alone
        }
    }

    /// Which lines of a container.
    ///
    /// @param previous those of its run before this one
    /// @param tail the last ones alone
    public record Wanted(boolean follow, boolean previous, Optional<Integer> tail) {}

    /// One that has printed nothing yet, or is gone, gives no lines.
    public void read(Map.Entry<String, String> container, Wanted wanted, Predicate<String> lines)
            throws InterruptedException {
        var request =
                new Logs.Request(
                        home.own("Pod", container.getKey()),
                        container.getValue(),
                        wanted.follow(),
                        wanted.previous(),
                        wanted.tail());
        try {
            Logs.read(home.cluster(), request, line -> lines.test(masked(line.text())));
        } catch (ProblemException e) {
            if (e.problems().getFirst().code() == KubernetesCode.RIGHT_MISSING) {
                throw e;
            }
        }
    }

    /// The containers of a pod, in their order: those that run before the others first.
    public static List<Map.Entry<String, String>> containers(Map<String, Object> pod) {
        var name = Trees.text(pod, "metadata", "name").orElse("");
        return Stream.of("initContainers", "containers")
                .flatMap(key -> Trees.maps(pod, "spec", key).stream())
                .map(container -> Map.entry(name, Trees.text(container, "name").orElse("")))
                .toList();
    }

    /// A text of others without the secrets that are known.
    public String masked(String text) {
        return masks.masked(text);
    }
}
