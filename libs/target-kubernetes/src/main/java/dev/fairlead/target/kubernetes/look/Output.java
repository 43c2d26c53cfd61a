package dev.fairlead.target.kubernetes.look;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.ready.Finding;
import dev.fairlead.target.kubernetes.ready.Finding.Speaker;
import dev.fairlead.target.kubernetes.stream.Logs;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What containers print, with the secrets that are known masked.
public final class Output {
    private static final int TAIL = 20;

    private final Home home;
    private final SortedMap<String, Marked> secrets;

    public Output(Home home, SortedMap<String, Marked> secrets) {
        this.home = home;
        this.secrets = secrets;
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

    /// A cause with the last lines of the container that knows more, where there are any to be had.
    public Cause with(Finding finding) throws InterruptedException {
        var cause = finding.cause();
        if (finding.speaker().isEmpty()) {
            return cause;
        }
        try {
            var lines = tail(finding.speaker().get());
            return new Cause(cause.code(), cause.what(), cause.advice(), lines);
        } catch (ProblemException e) {
            return cause; // without the right to read logs the cause stands alone
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

    String masked(String line) {
        var shown = line;
        for (var secret : secrets.entrySet()) {
            var value = secret.getValue().reveal();
            if (value.length() >= Marked.SHORTEST_SECRET) {
                var mask = "${secret:" + secret.getKey() + "}";
                var coded =
                        Base64.getEncoder()
                                .withoutPadding()
                                .encodeToString(value.getBytes(StandardCharsets.UTF_8));
                shown = shown.replace(value, mask).replace(coded, mask);
            }
        }
        return shown;
    }
}
