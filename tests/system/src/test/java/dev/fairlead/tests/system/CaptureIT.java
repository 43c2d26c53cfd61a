package dev.fairlead.tests.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.DebianPackage;
import dev.fairlead.testkit.GeneratedPage;
import dev.fairlead.testkit.VirtualScreen;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Sandbox;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a person sees of `up`, on a terminal of 80 and of 200 columns and through a pipe: captured and compared with what was
/// read and found good. Each unit waits for the one before, so that there is one order.
class CaptureIT {
    enum Sight {
        NARROW(80),
        WIDE(200),
        PIPE(0);

        private final int columns;

        Sight(int columns) {
            this.columns = columns;
        }

        String of(Fairlead fairlead, String... words) {
            if (this == PIPE) {
                return fairlead.shell("\"$0\" \"$@\" 2>&1 | cat", words).out();
            }
            var captured =
                    fairlead.with("TERM", "xterm")
                            .shell(
                                    "script -qec \"stty cols %d rows 40; exec $0 $*\" /dev/null"
                                            .formatted(columns),
                                    words);
            var screen = new VirtualScreen(columns, true);
            var stream = screen.stream();
            stream.print(captured.out());
            stream.flush();
            return screen.text() + "\n";
        }
    }

    private static final String GOOD =
            """
            infrastructure:
              - { name: seed, local: { builtin: task, command: [ sh, -c, "echo sown" ] } }
            services:
              - name: api
                deployGroup: internal
                run: { command: [ sh, -c, "echo up; exec sleep 1000" ], ready: { log: up } }
              - name: accounts-and-settlements
                deployGroup: edge
                run: { command: [ sh, -c, "echo up; exec sleep 1000" ], ready: { log: up } }
              - name: web
                deployGroup: frontend
                run: { builtin: static, dir: public, ports: { http: auto } }
            """;

    /// A time and the blanks that fill its column; where nothing follows, it ends the line.
    private static final Pattern CELL =
            Pattern.compile("(?m)(?<=  )(\\d+(?:\\.\\d)?s|\\d+m\\d\\ds)( {2,}|$)");

    @BeforeEach
    void needsScript() throws InterruptedException {
        assumeTrue(DebianPackage.BSDUTILS.provide(), DebianPackage.BSDUTILS.absence());
    }

    @ParameterizedTest
    @EnumSource(Sight.class)
    @Covers("DEP-02")
    void upReadsWell(Sight sight) throws IOException {
        try (var sandbox = Sandbox.of(GOOD)) {
            sandbox.write("public/index.html", "<h1>hello</h1>");
            var fairlead = sandbox.fairlead();
            var text = new StringBuilder();
            show(text, sight, fairlead, "up", "--detach");
            show(text, sight, fairlead, "up", "--detach");
            sandbox.replace("services.yaml", "exec sleep 1000", "exec sleep 1001");
            show(text, sight, fairlead, "up", "--detach");
            sandbox.replace(
                    "services.yaml",
                    "echo up; exec sleep 1001",
                    "echo cannot reach the ledger at ledger.internal.example.com:5432, which the settlements need; exit 7");
            show(text, sight, fairlead, "up", "--detach");
            show(text, sight, fairlead, "down");

            var name = sight == Sight.PIPE ? "up-pipe" : "up-" + sight.columns;
            GeneratedPage.hold(
                    "tests/system/src/test/resources/captures/%s.txt".formatted(name),
                    text.toString());
        }
    }

    private static void show(StringBuilder text, Sight sight, Fairlead fairlead, String... words) {
        var shown = sight.of(fairlead, words);
        text.append("$ fairlead ").append(String.join(" ", words)).append('\n');
        text.append(masked(shown)).append('\n');
    }

    /// The line of the times in one piece: where it is broken depends on how long each was.
    private static String times(String shown) {
        return Pattern.compile("(?m)^Took .*(\n  .*)*")
                .matcher(shown)
                .replaceAll(found -> found.group().replaceAll("\\s+", " "));
    }

    private static String masked(String shown) {
        var cells =
                CELL.matcher(shown)
                        .replaceAll(found -> {
                            int filled = found.group(1).length() + found.group(2).length();
                            return found.group(2).isEmpty()
                                    ? "TIME"
                                    : "TIME" + " ".repeat(filled - "TIME".length());
                        });
        return times(cells)
                .replaceAll("(?m) +$", "")
                .replaceAll("(?m)^\\d\\d:\\d\\d:\\d\\d", "HH:MM:SS")
                .replaceAll("\\b\\d+(\\.\\d)? ?s\\b|\\b\\d+m\\d\\ds\\b", "TIME")
                .replaceAll("longest [a-z-]+", "longest UNIT")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
                .replaceAll("plan [0-9a-f]{8}", "plan HASH");
    }
}
