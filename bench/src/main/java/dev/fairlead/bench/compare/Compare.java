package dev.fairlead.bench.compare;

import dev.fairlead.bench.migrate.Inputs;
import dev.fairlead.bench.migrate.Server;
import dev.fairlead.testcluster.Clusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// Runs the comparisons that are named (all of them when none is) and writes their sections of `docs/performance.md`.
///
/// `Compare ROOT [--try] [cold-start] [template] [in-process] [growth] [migrate] [kubernetes] [units] [slots]`
///
/// With `--try` the large section migrate runs at a fiftieth of its size, kubernetes once with the smallest one, units and
/// slots with the two smallest ones, and the page is written beside the builds.
public final class Compare {
    private static final List<String> SECTIONS =
            List.of(
                    "cold-start",
                    "template",
                    "in-process",
                    "growth",
                    "migrate",
                    "kubernetes",
                    "units",
                    "slots");

    private static final String TRY = "--try";
    private static final int SMALL = 50;

    private final Path root;
    private final boolean trial;
    private final Page page;
    private final Peers peers;

    private Compare(Path root, boolean trial) throws IOException {
        this.root = root;
        this.trial = trial;
        page = new Page(page(root, trial), LocalDate.now(ZoneOffset.UTC));
        peers =
                new Peers(
                        Files.createDirectories(root.resolve("bench/target/peers")),
                        root.resolve("mvnw"));
    }

    private static Path page(Path root, boolean trial) throws IOException {
        var page = root.resolve("docs/performance.md");
        return trial
                ? Files.copy(
                        page,
                        root.resolve("bench/target/performance.md"),
                        StandardCopyOption.REPLACE_EXISTING)
                : page;
    }

    public static void main(String[] args) throws Exception {
        var wanted = new ArrayList<>(List.of(args).subList(1, args.length));
        boolean trial = wanted.remove(TRY);
        if (!SECTIONS.containsAll(wanted)) {
            System.err.println("sections are " + String.join(", ", SECTIONS));
            System.exit(1);
        }
        var compare = new Compare(Path.of(args[0]), trial);
        for (var section : wanted.isEmpty() ? SECTIONS : wanted) {
            compare.page.write(section, "bench/compare " + section, compare.figures(section));
        }
    }

    private String figures(String section) throws Exception {
        return switch (section) {
            case "cold-start" -> coldStart();
            case "template" -> template();
            case "in-process" -> Benchmarks.run();
            case "growth" -> new Growth(root, fairlead()).run();
            case "migrate" -> migrate();
            case "kubernetes" -> kubernetes();
            case "units" -> new UnitGrowth(root, fairlead(), trial).run();
            case "slots" -> new SlotGrowth(root, fairlead(), trial).run();
            default -> throw new IllegalArgumentException(section);
        };
    }

    private String migrate() throws IOException, InterruptedException {
        try (var server = Server.start(root.resolve("bench/target/postgres"))) {
            var inputs = new Inputs(root.resolve("bench/target/migrations"));
            var migrators = new Migrators(fairlead(), peers, inputs);
            return new MigrateSection(root, server, migrators, trial ? SMALL : 1).run();
        }
    }

    private String kubernetes() throws Exception {
        var appliers = new Appliers(root.resolve("bench/target/objects"), peers, fairlead());
        return new ApplySection(root, Clusters.provide(false), appliers, trial).run();
    }

    private String fairlead() {
        return root.resolve("fairlead").toString();
    }

    private String coldStart() throws IOException, InterruptedException {
        var contestants = new LinkedHashMap<String, List<String>>();
        contestants.put("fairlead version", List.of(fairlead(), "version"));
        contestants.put("fairlead --help", List.of(fairlead(), "--help"));
        contestants.put("helm version", List.of(peers.helm(), "version"));
        contestants.put("goose -version", List.of(peers.goose(), "-version"));
        return new Contest(root, contestants).run();
    }

    /// Each process measures itself, warm; here they take turns.
    private String template() throws IOException, InterruptedException {
        var input = root.resolve("bench/src/main/resources/table.tpl").toString();
        var contestants = new TreeMap<String, List<String>>();
        var classPath = System.getProperty("java.class.path");
        contestants.put(
                "Fairlead", List.of(java(), "-cp", classPath, "dev.fairlead.bench.template.Table"));
        contestants.put(
                "Go's text/template",
                List.of(peers.own(root.resolve("bench/src/main/go/table")), input));
        var times = new LinkedHashMap<String, List<Double>>();
        for (int round = 0; round < 5; round++) {
            for (var contestant : contestants.entrySet()) {
                var printed = Cost.output(root, contestant.getValue());
                times.computeIfAbsent(contestant.getKey(), _ -> new ArrayList<>())
                        .add(Double.valueOf(printed));
            }
        }
        var table =
                new StringBuilder(
                        "| a table of 1,000 rows | one rendering | ratio |\n| --- | --- | --- |\n");
        double first = median(times.firstEntry().getValue());
        times.forEach((name, all) ->
                table.append(
                        String.format(
                                Locale.ROOT,
                                "| %s | %.2f ms | %.2f |\n",
                                name,
                                median(all) / 1000,
                                median(all) / first)));
        return table.toString();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
