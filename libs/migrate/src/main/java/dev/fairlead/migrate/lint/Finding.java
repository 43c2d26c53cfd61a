package dev.fairlead.migrate.lint;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Severity;
import dev.fairlead.migrate.model.MigrationKey;

/// What a rule found.
///
/// @param rule the rule's name, as in the field: `require-concurrent-index-creation`
/// @param what what happens when it runs, with the live figures where there are some
/// @param hint how to write it instead
public record Finding(
        String rule,
        Severity severity,
        MigrationKey key,
        int step,
        Place place,
        String what,
        String hint) {}
