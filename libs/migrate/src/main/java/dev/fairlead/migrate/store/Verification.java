package dev.fairlead.migrate.store;

import java.util.List;

/// Whether a history is as it was written.
///
/// @param rows that it has
/// @param hash of its head: whoever keeps it elsewhere can tell a history that was rewritten as a whole
/// @param broken a sentence for each place where it is not; empty when all is well
public record Verification(long rows, String hash, List<String> broken) {
    public Verification {
        broken = List.copyOf(broken);
    }

    public boolean intact() {
        return broken.isEmpty();
    }
}
