package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.inventory.environment.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where values come from.
class OriginsTest {
    @TempDir Path folder;
    private Sample sample = Sample.in(Path.of("unset"));

    @BeforeEach
    void write() {
        sample =
                Sample.in(folder)
                        .file(
                                "stacks/web.yaml",
                                """
                                spec:
                                  services:
                                  - name: web
                                    deployGroup: frontend
                                    use: [ java ]
                                    run:
                                      command: [ web, "{{ .Vars.title }}" ]
                                      env: { LOG: warn, DB: "{{ .Units.db.url }}", T: "{{ .Secrets.token }}" }
                                      ports: { http: auto }
                                    overlays:
                                      ai: { run: { env: { LOG: "{{ .Vars.level }}", PORT: "{{ .Ports.http }}" } } }
                                """)
                        .spec(
                                """
                                imports: [ "stacks/*.yaml" ]
                                vars: { title: Shop, level: info }
                                secrets: { token: { generate: 24 } }
                                environments:
                                  base: { vars: { level: debug }, mode: dev }
                                  ai: { from: base, target: local, vars: { title: "AI {{ .Slot }}" } }
                                components: { java: { run: { env: { LOG: error, HEAP: 64m }, restart: always } } }
                                infrastructure: [ { name: db, local: { builtin: postgres } } ]
                                """);
    }

    private List<String> origins(String key) {
        var stack = sample.load();
        var outline = stack.outline(Sample.choice("ai"));
        var lines = new ArrayList<String>();
        for (var origin : stack.origins(outline, Sample.resolution(outline), key)) {
            lines(origin, "", lines);
        }
        return lines;
    }

    private static void lines(Origin origin, String indent, List<String> lines) {
        var where = origin.written().map(at -> " " + at.place() + " " + at.text()).orElse("");
        lines.add(
                indent
                        + origin.key()
                        + " = "
                        + origin.value()
                        + " ("
                        + origin.layer()
                        + ")"
                        + where);
        origin.imports().forEach(glob -> lines.add(indent + " imported at " + glob));
        origin.over()
                .forEach(over ->
                        lines.add(
                                "%s over %s (%s) %s"
                                        .formatted(
                                                indent,
                                                over.written().text(),
                                                over.layer(),
                                                over.written().place())));
        origin.reads().forEach(read -> lines(read, indent + "  ", lines));
    }

    @Test
    void aValueHasItsLayerWhatItStandsInForAndWhatItReads() {
        assertThat(origins("web.run.env.LOG"))
                .containsExactly(
                        "web.run.env.LOG = debug (overlay of ai) stacks/web.yaml:11:32 {{ .Vars.level }}",
                        " imported at services.yaml:5:14",
                        " over warn (the unit) stacks/web.yaml:8:19",
                        " over error (component java) services.yaml:11:44",
                        "  vars.level = debug (environment base) services.yaml:9:28 debug",
                        "   over info (the stack) services.yaml:6:31");
        assertThat(origins("services.web.run.env.HEAP"))
                .containsExactly("web.run.env.HEAP = 64m (component java) services.yaml:11:57 64m");
    }

    @Test
    void whatTheTargetChoosesAndWhatIsTheDefaultIsSaid() {
        assertThat(origins("web.run.env.PORT"))
                .containsExactly(
                        "web.run.env.PORT = 20000 (overlay of ai) stacks/web.yaml:11:59 {{ .Ports.http }}",
                        " imported at services.yaml:5:14",
                        "  web.run.ports.http = 20000 (the unit) stacks/web.yaml:9:22 auto",
                        "   imported at services.yaml:5:14");
        assertThat(origins("web.run.env.DB").getLast())
                .isEqualTo("  Units.db.url = postgresql://local:6543/db (the target)");
        assertThat(origins("web.run.stop")).containsExactly("web.run.stop = nothing (the default)");
        assertThat(origins("web.eager")).containsExactly("web.eager = false (the default)");
    }

    @Test
    void everyValueBelowAKeyIsTold() {
        assertThat(origins("vars"))
                .containsExactly(
                        "vars.title = AI 0 (environment ai) services.yaml:10:53 AI {{ .Slot }}",
                        " over Shop (the stack) services.yaml:6:18",
                        "vars.level = debug (environment base) services.yaml:9:28 debug",
                        " over info (the stack) services.yaml:6:31");
        assertThat(origins("web.run.command"))
                .hasSize(6)
                .contains("web.run.command.0 = web (the unit) stacks/web.yaml:7:18 web");
        assertThat(origins("environments.ai.mode"))
                .containsExactly(
                        "environments.ai.mode = dev (environment base) services.yaml:9:43 dev");
    }

    @Test
    void noSecretIsTold() {
        assertThat(origins("web.run.env.T"))
                .first()
                .isEqualTo(
                        "web.run.env.T = ${secret:token} (the unit) stacks/web.yaml:8:55 {{ .Secrets.token }}");
        assertThat(origins("web").toString() + origins("secrets")).doesNotContain("value-of-token");
    }

    @Test
    void aKeyThatIsNotThereHasANearOne() {
        assertThat(
                        Sample.lines(() -> {
                            origins("web.run.evn.LOG");
                            return List.of();
                        }))
                .containsExactly(
                        "UNKNOWN_KEY there is no \"evn\" in \"web.run.evn.LOG\"; did you mean \"env\"?");
        assertThat(
                        Sample.lines(() -> {
                            origins("wbe.run");
                            return List.of();
                        }))
                .containsExactly(
                        "UNKNOWN_KEY there is no \"wbe\" in \"wbe.run\"; did you mean \"web\"?");
    }
}
