package dev.fairlead.inventory.environment;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What only a target knows: addresses, secrets, and the key under which secrets are fingerprinted. Taking it writes
/// nothing; the values in it that are new are stored by the target when a plan is applied.
///
/// @param addresses for every unit of the outline
/// @param secrets for every declared secret that has a value
/// @param digestKey absent while the environment has no state
/// @param pins what registries say: the digest of each image's reference that one knows
public record Resolution(
        SortedMap<UnitName, Address> addresses,
        SortedMap<String, Marked> secrets,
        Optional<DigestKey> digestKey,
        SortedMap<String, String> pins) {
    /// Without pins.
    public Resolution(
            SortedMap<UnitName, Address> addresses,
            SortedMap<String, Marked> secrets,
            Optional<DigestKey> digestKey) {
        this(addresses, secrets, digestKey, new TreeMap<>());
    }

    /// The same with pins.
    public Resolution pinned(SortedMap<String, String> known) {
        return new Resolution(addresses, secrets, digestKey, known);
    }

    /// Where a unit is reached by others of its environment.
    ///
    /// @param exports what the target itself provides under these names; they win over the unit's own templates
    public record Address(
            String host, SortedMap<String, Integer> ports, SortedMap<String, Marked> exports) {}

    /// A key that never leaves the state; not shown by `toString`.
    public static final class DigestKey {
        private final byte[] bytes;

        public DigestKey(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        public byte[] bytes() {
            return bytes.clone();
        }
    }
}
