package dev.fairlead.migrate;

/// A migrator that tests kill. Says `ready`, waits for a line, runs, says `done`.
public final class VictimMain {
    private VictimMain() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("ready");
        int _ = System.in.read();
        var outcome =
                Ordeal.of(arguments[0])
                        .listening(event -> {
                            if (event instanceof MigrateEvent.Planned) {
                                System.out.println("began");
                            }
                        })
                        .up();
        System.out.println(outcome instanceof MigrateOutcome.Done ? "done" : outcome.toString());
    }
}
