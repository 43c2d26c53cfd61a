package dev.fairlead.migrate.model;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.migrate.sql.SqlText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One step of a migration. Steps of one migration run in their order.
public sealed interface Step {
    Header header();

    /// The word of the file: `schema`, `data`, `validation`.
    default String kind() {
        return switch (this) {
            case Schema _ -> "schema";
            case Data _ -> "data";
            case Validation _ -> "validation";
        };
    }

    /// What every step may say.
    ///
    /// @param timeout of one attempt of the whole step with its checks; empty: none of its own
    /// @param retries further attempts after the first
    /// @param idempotent whether it may run again although it was not rolled back
    record Header(
            Place place,
            Optional<String> description,
            Optional<Duration> timeout,
            int retries,
            boolean idempotent,
            List<Check> preChecks,
            List<Check> postChecks) {
        public Header {
            preChecks = List.copyOf(preChecks);
            postChecks = List.copyOf(postChecks);
        }

        /// A step that says nothing.
        public static Header at(Place place) {
            return new Header(
                    place, Optional.empty(), Optional.empty(), 0, false, List.of(), List.of());
        }
    }

    /// Changes the schema.
    ///
    /// @param transactional whether all statements run in one transaction with the row of the history
    record Schema(Header header, SqlText sql, boolean transactional) implements Step {}

    /// Changes data.
    record Data(Header header, Script script) implements Step {}

    /// Asks whether something holds; the migration fails when it does not.
    record Validation(Header header, SqlText assertion) implements Step {
        private static final int SHOWN = 100;

        /// What it asks, named by the step's description, else by its own words.
        public Check question() {
            return new Check(header.description().orElseGet(this::words), assertion);
        }

        private String words() {
            if (assertion.statements().isEmpty()) {
                return "an empty assertion";
            }
            var line = assertion.statements().getFirst().text().strip().replaceAll("\\s+", " ");
            return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
        }
    }
}
