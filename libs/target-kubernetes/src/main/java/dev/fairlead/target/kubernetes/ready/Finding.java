package dev.fairlead.target.kubernetes.ready;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import java.util.List;
import java.util.Optional;

/// Why a unit is not ready.
///
/// @param speaker whose output shows more, where one does
public record Finding(Sure sure, Cause cause, Optional<Speaker> speaker) {
    /// A container.
    ///
    /// @param runs what it prints now counts; of one that has ended, its last words do
    public record Speaker(String pod, String container, boolean runs) {}

    /// Whether it stays so.
    public enum Sure {
        /// It does not become ready by itself.
        AT_ONCE,
        /// So it is said while others are on their way too; it counts when it lasts.
        WHEN_IT_LASTS,
        /// It may become ready by itself.
        NOT_YET
    }

    static Finding of(Sure sure, CauseCode code, String what) {
        return of(sure, code, what, code.remedy());
    }

    static Finding of(Sure sure, CauseCode code, String what, String advice) {
        return new Finding(
                sure, new Cause(code, what, List.of(advice), List.of()), Optional.empty());
    }

    Finding spokenBy(Speaker container) {
        return new Finding(sure, cause, Optional.of(container));
    }
}
