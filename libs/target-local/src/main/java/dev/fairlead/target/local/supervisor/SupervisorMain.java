package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.mask.Masks;
import dev.fairlead.target.local.output.Output;
import dev.fairlead.target.local.postgres.Binaries;
import dev.fairlead.target.local.postgres.CacheFolder;
import dev.fairlead.target.local.postgres.Cluster;
import dev.fairlead.target.local.postgres.Layout;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.state.Home;
import dev.fairlead.target.local.system.Exit;
import dev.fairlead.target.local.system.Pause;
import dev.fairlead.target.local.system.Poller;
import dev.fairlead.target.local.system.ProcessId;
import dev.fairlead.target.local.system.Reaper;
import dev.fairlead.target.local.wire.SupervisorFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/// The supervisor's process: `SupervisorMain FOLDER BUILD`, FOLDER being the one that holds `.fairlead`.
public final class SupervisorMain {
    private static final Duration FIRST_GUEST = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration LOCK_GOES_WITHIN = Duration.ofSeconds(5);
    private static final int TOKEN_BYTES = 32;

    private SupervisorMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var home = new Home(Path.of(arguments[0]));
        var variables = System.getenv();
        home.make();
        try (var channel = Durable.open(home.supervisorLock())) {
            if (isAlone(channel, home)) {
                run(home, arguments[1], variables);
            }
        }
    }

    /// A killed supervisor's lock goes with the last of its threads, a moment after its process looks dead.
    private static boolean isAlone(FileChannel channel, Home home)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LOCK_GOES_WITHIN.toNanos();
        while (channel.tryLock() == null) {
            boolean another = SupervisorFile.find(home).isPresent();
            if (another || System.nanoTime() - deadline > 0) {
                return false; // another one was faster; commands find that one
            }
            Pause.of(LOOK);
        }
        return true;
    }

    private static void run(Home home, String build, Map<String, String> variables)
            throws IOException, InterruptedException {
        var clock = Clock.systemUTC();
        var reaper = new Reaper();
        var poller = new Poller();
        var masks = new Masks();
        var layout = new Layout(home, variables);
        var cluster =
                new Cluster(
                        layout,
                        new Binaries(CacheFolder.of(variables)),
                        reaper,
                        poller,
                        new Output(layout.log(), masks, poller, clock));
        var javaHome = Path.of(System.getProperty("java.home"));
        var tools = new Tools(reaper, poller, masks, clock, javaHome, cluster);
        var environments = new Environments(home, tools);

        var socket = Server.listen();
        var token = token();
        var server =
                new Server(
                        socket,
                        token,
                        new Requests(environments),
                        environments::isEmpty,
                        SupervisorMain::end);
        new SupervisorFile(ProcessId.self(), socket.getLocalPort(), token, build).write(home);
        Thread.startVirtualThread(() -> afterAWhile(server, environments));
        server.serve();
    }

    /// Whoever started us may have been killed before it connected, and may not have handed over everything that runs.
    private static void afterAWhile(Server server, Environments environments) {
        try {
            Pause.of(FIRST_GUEST);
            server.endIfIdle();
            environments.discardUnhanded();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("output cannot be read: " + e.getMessage());
        }
    }

    private static String token() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Ends at once, touching no child. Everything that must last is written when it happens.
    private static void end() {
        System.out.flush();
        System.err.flush();
        Exit.now(0);
    }
}
