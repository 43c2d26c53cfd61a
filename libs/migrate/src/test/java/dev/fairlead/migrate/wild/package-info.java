/// Histories as they are in the wild, run by goose itself and by Fairlead.
@org.jspecify.annotations.NullMarked
package dev.fairlead.migrate.wild;
