package dev.fairlead.migrate.wild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What goose's own `down` does with each file, seen by `pg_dump`.
record GooseWaysBack(GooseProgram goose, History history) {
    /// Of the first files, in the words of the test: `undone a.sql`, `differs a.sql`, `up differs a.sql`, `fails a.sql`,
    /// `none a.sql`.
    List<String> first(int count) throws IOException, InterruptedException {
        var lines = new ArrayList<String>();
        var before = PostgresServer.shared(Release.SYSTEM).fresh();
        demand(goose.run(before, history, "version"));
        for (var file : files().subList(0, count)) {
            var trial = before.copy();
            demand(goose.run(trial, history, "up-by-one"));
            lines.add(word(before, trial) + " " + file);
            trial.drop();
            demand(goose.run(before, history, "up-by-one"));
        }
        before.drop();
        return lines;
    }

    private String word(Db before, Db trial) throws IOException, InterruptedException {
        var up = trial.dump();
        var down = goose.run(trial, history, "down");
        if (down.succeeded() && down.empty()) {
            return "none";
        }
        if (!down.succeeded()) {
            return "fails";
        }
        if (!trial.dump().equals(before.dump())) {
            return "differs";
        }
        if (!goose.run(trial, history, "up-by-one").succeeded()) {
            return "fails";
        }
        return trial.dump().equals(up) ? "undone" : "up differs";
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(history.folder())) {
            return files.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".sql"))
                    .sorted()
                    .toList();
        }
    }

    private static void demand(GooseProgram.Ran ran) {
        assertThat(ran.succeeded()).as(ran.output()).isTrue();
    }
}
