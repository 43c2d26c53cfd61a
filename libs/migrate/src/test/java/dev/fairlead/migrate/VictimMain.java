package dev.fairlead.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Migrators that tests kill, one for each database. Says `ready`, waits for a line, runs, says `done`.
public final class VictimMain {
    private VictimMain() {}

    /// @param arguments for each migrator the milliseconds that it waits before it begins, and its database
    public static void main(String[] arguments) throws Exception {
        System.out.println("ready");
        int _ = System.in.read();
        var all = new ArrayList<Callable<MigrateOutcome>>();
        for (int i = 0; i < arguments.length; i += 2) {
            long delay = Long.parseLong(arguments[i]);
            var url = arguments[i + 1];
            all.add(() -> {
                TimeUnit.MILLISECONDS.sleep(delay);
                return Ordeal.of(url).up();
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var said = "done";
            for (var one : threads.invokeAll(all)) {
                said = one.get() instanceof MigrateOutcome.Done ? said : one.get().toString();
            }
            System.out.println(said);
        }
    }

    /// What a process is told for these.
    static List<String> arguments(List<Long> delays, List<String> urls) {
        var all = new ArrayList<String>();
        for (int i = 0; i < urls.size(); i++) {
            all.add(String.valueOf(delays.get(i)));
            all.add(urls.get(i));
        }
        return all;
    }
}
