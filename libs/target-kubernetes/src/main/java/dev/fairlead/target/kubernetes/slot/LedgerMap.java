package dev.fairlead.target.kubernetes.slot;

import dev.fairlead.deploy.journal.Store.Versioned;
import dev.fairlead.document.Digest;
import dev.fairlead.document.Json;
import dev.fairlead.target.kubernetes.client.Answer;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Namespace;
import dev.fairlead.target.kubernetes.home.StateMap;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Who has which slot, in a ConfigMap of the environment's own namespace.
final class LedgerMap {
    private static final String LEDGER = "ledger";
    private static final String VERSION = "version";
    private static final int LONGEST = 40;

    private final Home home;

    /// @param home the environment's own namespace
    LedgerMap(Home home) {
        this.home = home;
    }

    private ObjectAddress address() {
        var key = home.ref().project() + "-" + home.ref().name();
        var plain = key.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        var name =
                plain.equals(key) && key.length() <= LONGEST
                        ? key
                        : Digest.ofText(key).substring(0, 16);
        return home.own("ConfigMap", "fairlead-slots-" + name);
    }

    Optional<Versioned> read() {
        return find().map(LedgerMap::versioned);
    }

    private Optional<Map<String, Object>> find() {
        return home.ask(() -> home.cluster().find(address()));
    }

    private static Versioned versioned(Map<String, Object> map) {
        var version = Trees.text(map, "data", VERSION).filter(text -> text.matches("\\d{1,18}"));
        var ledger = Trees.text(map, "data", LEDGER);
        return new Versioned(
                version.map(Long::parseLong).orElse(1L),
                ledger.map(Json::readObject).orElse(Map.of()));
    }

    boolean compareAndSet(long expected, Map<String, Object> ledger) {
        var now = find();
        if (now.map(map -> versioned(map).version()).orElse(0L) != expected) {
            return false;
        }
        var data = new LinkedHashMap<String, Object>();
        data.put(VERSION, Long.toString(expected + 1));
        data.put(LEDGER, Json.compact(ledger));
        var tree = StateMap.tree(home, "ConfigMap", address().name(), "slots", data);
        if (now.isEmpty()) {
            Namespace.ensure(home, home.ref());
            return done(home.ask(() -> home.cluster().create(address(), tree)));
        }
        var metadata = new LinkedHashMap<String, Object>(Trees.map(tree, "metadata"));
        metadata.put(
                "resourceVersion", Trees.text(now.get(), "metadata", "resourceVersion").orElse(""));
        tree.put("metadata", metadata);
        return done(home.ask(() -> home.cluster().replace(address(), tree)));
    }

    private static boolean done(Answer answer) {
        return switch (answer) {
            case Answer.Accepted _ -> true;
            case Answer.Refused(var refusal) -> {
                if (refusal.alreadyExists() || refusal.stale() || refusal.notFound()) {
                    yield false;
                }
                throw refusal.problem().thrown();
            }
        };
    }
}
