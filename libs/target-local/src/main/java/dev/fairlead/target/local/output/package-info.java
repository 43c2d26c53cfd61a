/// What processes print: read from their FIFOs, freed of secrets, kept in files of limited size, read back by `logs`.
@NullMarked
package dev.fairlead.target.local.output;

import org.jspecify.annotations.NullMarked;
