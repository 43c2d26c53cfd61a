package dev.fairlead.target.kubernetes.store;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.EventTree;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Json;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The content of the record's ConfigMap: one write changes any part of it.
///
/// @param version of the record: the number of its writes; 0: there is none yet
/// @param nonce names the write that made this state
/// @param first the number of the oldest event that is kept
/// @param revisions those that are small enough to stand here, packed, by number
/// @param resourceVersion empty: there is no ConfigMap yet
record Page(
        long version,
        String nonce,
        Optional<Map<String, Object>> record,
        long first,
        List<Event> events,
        SortedMap<Long, String> revisions,
        String resourceVersion) {
    static final Page BLANK = new Page(0, "", Optional.empty(), 0, List.of(), new TreeMap<>(), "");

    /// A ConfigMap takes 1 MiB; a record of 1,000 units is 40 KB when packed.
    private static final int READABLE = 64 << 10;

    private static final int MOST_EVENTS = 1_000;
    private static final String REVISION = "revision-";

    Page {
        events = List.copyOf(events);
        revisions = Collections.unmodifiableSortedMap(new TreeMap<>(revisions));
    }

    Page record(Map<String, Object> next) {
        return new Page(
                version + 1, nonce, Optional.of(next), first, events, revisions, resourceVersion);
    }

    Page and(List<Event> more) {
        var all = new ArrayList<>(events);
        all.addAll(more);
        int drop = Math.max(0, all.size() - MOST_EVENTS);
        return new Page(
                version,
                nonce,
                record,
                first + drop,
                all.subList(drop, all.size()),
                revisions,
                resourceVersion);
    }

    Page revisions(SortedMap<Long, String> kept) {
        return new Page(version, nonce, record, first, events, kept, resourceVersion);
    }

    Page named(String write) {
        return new Page(version, write, record, first, events, revisions, resourceVersion);
    }

    Page stored(Map<String, Object> object) {
        return new Page(
                version,
                nonce,
                record,
                first,
                events,
                revisions,
                Trees.text(object, "metadata", "resourceVersion").orElse(""));
    }

    Map<String, Object> tree(Shelf shelf) {
        var data = new LinkedHashMap<String, Object>();
        var packed = new LinkedHashMap<String, Object>();
        data.put("version", Long.toString(version));
        data.put("write", nonce);
        data.put("firstEvent", Long.toString(first));
        record.ifPresent(content -> {
            var json = Json.compact(content);
            if (json.length() <= READABLE) {
                data.put("record", json);
            } else {
                packed.put("record", Packed.base64(Packed.bytes(json)));
            }
        });
        var lines =
                events.stream()
                        .map(event -> Json.compact(EventTree.of(event)))
                        .collect(Collectors.joining("\n"));
        packed.put("events", Packed.base64(Packed.bytes(lines)));
        revisions.forEach((number, content) -> packed.put(REVISION + number, content));
        var tree = shelf.tree(shelf.record(), "record", resourceVersion);
        tree.put("data", data);
        tree.put("binaryData", packed);
        return tree;
    }

    /// @throws dev.fairlead.diagnostic.ProblemException when somebody else wrote into it
    static Page read(ObjectAddress address, Map<String, Object> object) {
        try {
            var packed = Trees.map(object, "binaryData");
            var revisions = new TreeMap<Long, String>();
            packed.forEach((key, value) -> {
                if (key.startsWith(REVISION)) {
                    revisions.put(
                            Long.parseLong(key.substring(REVISION.length())), value.toString());
                }
            });
            var json =
                    Trees.text(object, "data", "record")
                            .or(() -> Trees.text(packed, "record").map(Page::unpacked));
            return new Page(
                    number(object, "version"),
                    Trees.text(object, "data", "write").orElse(""),
                    json.map(Json::readObject),
                    number(object, "firstEvent"),
                    Trees.text(packed, "events").map(Page::events).orElse(List.of()),
                    revisions,
                    Trees.text(object, "metadata", "resourceVersion").orElse(""));
        } catch (IllegalArgumentException e) {
            throw Problem.error(
                            KubernetesCode.RECORD_DAMAGED,
                            address
                                    + " does not hold the record of an environment: "
                                    + e.getMessage())
                    .thrown();
        }
    }

    private static long number(Map<String, Object> object, String key) {
        return Long.parseLong(Trees.text(object, "data", key).orElse("-"));
    }

    private static String unpacked(String base64) {
        return Packed.text(Packed.bytesOf(base64));
    }

    private static List<Event> events(String base64) {
        return unpacked(base64)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> EventTree.read(Json.readObject(line)))
                .toList();
    }
}
