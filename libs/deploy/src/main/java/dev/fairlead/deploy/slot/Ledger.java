package dev.fairlead.deploy.slot;

import dev.fairlead.deploy.slot.Claim.Checkout;
import dev.fairlead.diagnostic.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who has which slot of one environment.
record Ledger(SortedMap<Integer, Claim> claims) {
    Ledger {
        claims = Collections.unmodifiableSortedMap(new TreeMap<>(claims));
    }

    Optional<Claim> find(int number) {
        return Optional.ofNullable(claims.get(number));
    }

    /// The slot that this owner has for this purpose already.
    Optional<Claim> find(Wish wish) {
        return claims.values().stream()
                .filter(claim -> claim.isOf(wish))
                .filter(claim -> wish.number().map(n -> n == claim.number()).orElse(true))
                .findFirst();
    }

    Ledger with(Claim claim) {
        var next = new TreeMap<>(claims);
        next.put(claim.number(), claim);
        return new Ledger(next);
    }

    Ledger without(int number) {
        var next = new TreeMap<>(claims);
        next.remove(number);
        return new Ledger(next);
    }

    Map<String, Object> tree() {
        var slots = new ArrayList<Map<String, Object>>();
        for (var claim : claims.values()) {
            var tree = new LinkedHashMap<String, Object>();
            tree.put("number", claim.number());
            tree.put("owner", claim.owner());
            tree.put("purpose", claim.purpose());
            tree.put("taken", claim.taken().toString());
            tree.put("keep", claim.keep());
            tree.put("leaving", claim.leaving());
            claim.checkout()
                    .ifPresent(checkout ->
                            tree.put(
                                    "checkout",
                                    Map.of("ref", checkout.ref(), "whole", checkout.whole())));
            slots.add(tree);
        }
        return Map.of("slots", slots);
    }

    static Ledger read(Map<String, Object> tree) {
        var claims = new TreeMap<Integer, Claim>();
        try {
            for (var entry : (List<?>) require(tree, "slots")) {
                var claim = claim((Map<?, ?>) entry);
                claims.put(claim.number(), claim);
            }
        } catch (RuntimeException e) {
            throw Problem.error(
                            SlotCode.SLOTS_DAMAGED,
                            "what is kept of the slots cannot be read: " + e.getMessage())
                    .withHint(SlotCode.SLOTS_DAMAGED.remedy())
                    .thrown();
        }
        return new Ledger(claims);
    }

    private static Claim claim(Map<?, ?> tree) {
        return new Claim(
                ((Number) require(tree, "number")).intValue(),
                (String) require(tree, "owner"),
                (String) require(tree, "purpose"),
                Instant.parse((String) require(tree, "taken")),
                (Boolean) require(tree, "keep"),
                (Boolean) require(tree, "leaving"),
                Optional.ofNullable((Map<?, ?>) tree.get("checkout"))
                        .map(checkout ->
                                new Checkout(
                                        (String) require(checkout, "ref"),
                                        (Boolean) require(checkout, "whole"))));
    }

    private static Object require(Map<?, ?> tree, String key) {
        return java.util.Objects.requireNonNull(tree.get(key), key);
    }
}
