/// Ports, database names and secrets: what is kept of them, and what is proposed where nothing is kept yet. Proposing
/// writes nothing; {@link dev.fairlead.target.local.resolve.Keeper} makes a proposal lasting and replaces ports that
/// somebody else holds.
@NullMarked
package dev.fairlead.target.local.resolve;

import org.jspecify.annotations.NullMarked;
