package dev.fairlead.deploy.slot;

import java.time.Instant;
import java.util.Optional;

/// A slot that somebody took.
///
/// @param owner who
/// @param purpose what for; empty when nothing was said. Owner and purpose together find the slot again
/// @param keep never collected, however long it is idle
/// @param leaving its removal was begun: it is nobody's any more, and free when that is done
/// @param checkout the branch that it works on in a folder of its own
public record Claim(
        int number,
        String owner,
        String purpose,
        Instant taken,
        boolean keep,
        boolean leaving,
        Optional<Checkout> checkout) {
    /// A branch in a folder of its own.
    ///
    /// @param ref as it was asked for: a branch, a tag, a commit
    /// @param whole the folder was made to its end; one that is not was never handed out
    public record Checkout(String ref, boolean whole) {}

    boolean isOf(Wish wish) {
        return !leaving && owner.equals(wish.owner()) && purpose.equals(wish.purpose());
    }

    Claim kept(boolean keep) {
        return new Claim(number, owner, purpose, taken, keep, leaving, checkout);
    }

    Claim leaving(boolean leaving) {
        return new Claim(number, owner, purpose, taken, keep, leaving, checkout);
    }

    Claim on(Checkout checkout) {
        return new Claim(number, owner, purpose, taken, keep, leaving, Optional.of(checkout));
    }

    /// Whether its folder was never made to its end, or is being removed.
    boolean unfinished() {
        return checkout.filter(made -> !made.whole()).isPresent();
    }

    /// `ada`, `ada for issue 7`.
    public String holder() {
        return purpose.isEmpty() ? owner : owner + " for " + purpose;
    }
}
