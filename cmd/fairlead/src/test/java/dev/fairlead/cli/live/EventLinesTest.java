package dev.fairlead.cli.live;

import static dev.fairlead.cli.live.Samples.event;
import static dev.fairlead.cli.live.Samples.finished;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.console.Paint;
import dev.fairlead.cli.live.EventLines.Detail;
import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.Event.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLinesTest {
    @Test
    void isOneLinePerEvent() {
        assertThat(shown(Detail.NORMAL))
                .isEqualTo(
                        """
                        07:00:00 started  api (internal)
                        07:00:02 ready    api (internal) answers, 2.0s
                        07:00:03 failed   web (internal) exited with 1
                        07:00:03 finished failed: web
                        """);
    }

    @Test
    void verboseHasTheSmallStepsToo() {
        assertThat(shown(Detail.VERBOSE)).contains("07:00:01 progress api (internal) probes");
    }

    @Test
    void quietHasOnlyWhatFailed() {
        assertThat(shown(Detail.QUIET))
                .isEqualTo("07:00:03 failed   web (internal) exited with 1\n");
    }

    @Test
    void theLinesThatShowAFailureStandBelowIt() {
        var crash = event(3, Kind.FAILED, "web", "exited with 1");
        var event =
                new Event(
                        crash.time(),
                        crash.execution(),
                        crash.kind(),
                        crash.unit(),
                        crash.stage(),
                        crash.what(),
                        crash.took(),
                        List.of("boom\u001b[2J"));
        var lines = new EventLines(System.out, new Paint(false), ZoneOffset.UTC, Detail.VERBOSE);
        assertThat(lines.withEvidence(event))
                .isEqualTo("07:00:03 failed   web (internal) exited with 1\n    | boom");
    }

    private static String shown(Detail detail) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (var lines = new EventLines(stream, new Paint(false), ZoneOffset.UTC, detail)) {
            lines.planned(Samples.GUESTBOOK);
            lines.event(event(0, Kind.STARTED, "api", "starts"));
            lines.event(event(1, Kind.PROGRESS, "api", "probes"));
            lines.event(event(2, Kind.READY, "api", "answers"));
            lines.event(event(3, Kind.FAILED, "web", "exited with 1"));
            lines.event(finished(3, "failed: web"));
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
