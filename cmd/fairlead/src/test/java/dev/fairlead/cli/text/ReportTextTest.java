package dev.fairlead.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.console.Paint;
import dev.fairlead.cli.reference.SampleReports;
import dev.fairlead.deploy.explain.Explainer;
import dev.fairlead.deploy.explain.Explanation;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.inventory.unit.UnitName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReportTextTest {
    private static final Paint PLAIN = new Paint(false);

    @Test
    void statusIsATableThatFitsTheTerminal() {
        var text = new StatusText(PLAIN, SampleReports.NOW, 80).of(SampleReports.REPORT);
        assertThat(text)
                .isEqualTo(
                        """
                        guestbook/dev on local: failed
                        UNIT      STAGE     STATE    SINCE  WHERE, OR WHY NOT
                        postgres  stateful  ready    2m00s  sql 23456
                        api       internal  failed   12s    GET http://127.0.0.1:20123/readyz answered …
                        web       frontend  pending  12s    waits for api
                        """);
    }

    @Test
    void explainFollowsTheChainToTheRootCause() {
        var all = new Explainer(SampleReports.REPORT).explainAll();
        var places = new TreeMap<UnitName, Place>();
        places.put(new UnitName("api"), new Source("services.yaml", "- name: api").at(1, 9));
        assertThat(new ExplainText(PLAIN, SampleReports.NOW, places).of(all))
                .isEqualTo(
                        """
                        api[PROBE_ANSWERED] services.yaml:1:9 GET http://127.0.0.1:20123/readyz answered 500: java.sql.SQLException: no such table, for 12s
                          hint: look at `fairlead logs api`
                            | java.sql.SQLException: no such table
                          so web is pending for 12s
                          web waits for api
                        """);
    }

    @Test
    void whatAProcessSaidLastIsInTheFirstLine() {
        var api = new UnitName("api");
        var crash =
                new Cause(
                        CauseCode.EXITED,
                        "exited with 1",
                        List.of("mend it"),
                        List.of("starts", "java.io.IOException: refused", "\tat Main.main", ""));
        var found =
                new Explanation(
                        api,
                        UnitState.FAILED,
                        SampleReports.NOW,
                        Optional.of(new Explanation.RootCause(api, crash, SampleReports.NOW)),
                        List.of(new Explanation.Link(api, new TreeSet<>())),
                        Optional.empty(),
                        Optional.empty());
        assertThat(new ExplainText(PLAIN, SampleReports.NOW, new TreeMap<>()).of(found))
                .startsWith(
                        "api[EXITED] exited with 1: java.io.IOException: refused, failed for 0s\n");
    }

    @Test
    void aUnitThatIsItsOwnRootCauseIsToldInOneLine() {
        var api =
                new Explainer(SampleReports.REPORT).explain(new UnitName("api")).stream().toList();
        assertThat(new ExplainText(PLAIN, SampleReports.NOW, new TreeMap<>()).of(api))
                .startsWith(
                        "api[PROBE_ANSWERED] GET http://127.0.0.1:20123/readyz answered 500: java.sql.SQLException: no such table, failed for 12s\n")
                .doesNotContain("waits");
    }

    @Test
    void mermaidShowsWhatWaitsForWhat() {
        assertThat(MermaidText.of(SampleReports.REPORT))
                .contains("n_web[\"web<br/>pending", "n_web --> n_api", ":::failed");
    }

    @Test
    void logLinesOfSeveralUnitsBearTheirNames() {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        var lines =
                new LogLines(
                        stream,
                        PLAIN,
                        true,
                        List.of(new UnitName("api"), new UnitName("postgres")));
        lines.line(new UnitName("api"), "hello\u001b[2J");
        lines.line(new UnitName("postgres"), "ready");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("api      | hello\npostgres | ready\n");
    }
}
