/// Writes the first draft of a migration into a folder; never over a file. Input: a name and a moment. Output: a file.
/// May import `source` and `diagnostic`.
@NullMarked
package dev.fairlead.migrate.create;

import org.jspecify.annotations.NullMarked;
