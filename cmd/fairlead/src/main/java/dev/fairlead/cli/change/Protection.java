package dev.fairlead.cli.change;

import dev.fairlead.cli.Session;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.engine.Request;
import dev.fairlead.inventory.Stack;
import java.util.Set;

/// Whether an environment is `protected`, so that taking it down asks first.
record Protection(Session session) {
    private static final Set<String> PROTECTED_BY_NAME = Set.of("production", "prod");

    /// What the stack says; where it cannot be read, what the name says.
    boolean covers(Request request) {
        try {
            return Stack.load(request.stack(), session.shell().environment())
                    .outline(request.choice())
                    .guarded();
        } catch (ProblemException unreadable) {
            var found = session.engine().status(request).ref();
            return PROTECTED_BY_NAME.contains(found.name());
        }
    }
}
