/// Proves ways back on a scratch database. Imports the facade, `model`, `catalogue` and `store`.
@NullMarked
package dev.fairlead.migrate.lint.prove;

import org.jspecify.annotations.NullMarked;
