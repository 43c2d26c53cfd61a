package dev.fairlead.cli.life;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Interrupts;
import dev.fairlead.deploy.explain.UnitReport;
import dev.fairlead.deploy.target.Target.Endpoint;
import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.engine.Request;
import dev.fairlead.inventory.unit.UnitName;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;

/// A port of this machine that leads to a port of a unit, until Ctrl-C.
///
/// @param port the name of the unit's port
record Forwarding(Session session, Request request, UnitName unit, String port) {
    /// @param local the port of this machine; empty for any that is free
    /// @param begun is told which one it is
    void run(OptionalInt local, IntConsumer begun) throws IOException, InterruptedException {
        var forward =
                new Forward(
                        () -> session.engine().life().dial(request, unit, now()),
                        what -> session.say("forward: " + what));
        try (forward) {
            begun.accept(open(forward, local));
            var end = new CountDownLatch(1);
            try (var _ = Interrupts.handledBy(end::countDown)) {
                end.await();
            }
        }
    }

    /// Where the port is now: a unit that was started again may have been given another number.
    Endpoint now() {
        var number = new UnitAddress(session, request).require(unit).ports().get(port);
        return new Endpoint("127.0.0.1", number == null ? 0 : number);
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static int open(Forward forward, OptionalInt local) {
        try {
            return forward.open(local.orElse(0));
        } catch (IOException e) {
            throw Problem.error(
                            CliCode.PORT_UNAVAILABLE,
                            "127.0.0.1:%d cannot be listened on: %s"
                                    .formatted(local.orElse(0), e.getMessage()))
                    .withHint(CliCode.PORT_UNAVAILABLE.remedy())
                    .thrown();
        }
    }

    /// The name of the unit's port that is meant.
    ///
    /// @param wanted its name or number; empty where it has only one
    static String port(UnitReport report, String wanted) {
        var known = report.ports();
        if (known.isEmpty()) {
            throw Problem.error(
                            CliCode.NO_ADDRESS,
                            "%s is %s and has no port".formatted(report.name(), report.state()))
                    .withHint(CliCode.NO_ADDRESS.remedy())
                    .thrown();
        }
        if (wanted.isEmpty() && known.size() == 1) {
            return known.firstKey();
        }
        if (known.containsKey(wanted)) {
            return wanted;
        }
        return known.entrySet().stream()
                .filter(port -> port.getValue().toString().equals(wanted))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> {
                    var names = List.copyOf(known.keySet());
                    return Problem.error(
                                    CliCode.USAGE,
                                    wanted.isEmpty()
                                            ? report.name() + " has several ports: say which one"
                                            : report.name() + " has no port \"" + wanted + "\"")
                            .withHint(Nearest.hint(wanted, names).orElse("its ports are: " + known))
                            .thrown();
                });
    }
}
