package dev.fairlead.target.kubernetes.client;

import dev.fairlead.target.kubernetes.client.Refusal.Fault;
import dev.fairlead.target.kubernetes.http.Call;
import dev.fairlead.target.kubernetes.http.Reply;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Reads replies about objects.
final class Answers {
    private Answers() {}

    /// @param masked takes the secrets out of a text
    static Answer of(Call call, Reply reply, UnaryOperator<String> masked) {
        return reply.successful()
                ? new Answer.Accepted(reply.tree())
                : new Answer.Refused(refusal(call, reply, masked));
    }

    static Refusal refusal(Call call, Reply reply, UnaryOperator<String> masked) {
        var status = reply.tree();
        var faults = new ArrayList<Fault>();
        for (var cause : Trees.maps(status, "details", "causes")) {
            faults.add(
                    new Fault(
                            word(cause, "reason"),
                            word(cause, "field"),
                            masked.apply(word(cause, "message"))));
        }
        var message =
                Trees.text(status, "message")
                        .orElseGet(() ->
                                reply.text()
                                        .strip()
                                        .lines()
                                        .findFirst()
                                        .orElse("the server says " + reply.status()));
        return new Refusal(
                call.purpose(),
                reply.status(),
                word(status, "reason"),
                masked.apply(message),
                faults);
    }

    private static String word(Map<String, Object> tree, String key) {
        return Trees.text(tree, key).orElse("");
    }
}
