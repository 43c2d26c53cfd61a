/// What has run in a database: the values, read by `store` and judged by `plan` and `await`. Pure.
@NullMarked
package dev.fairlead.migrate.history;

import org.jspecify.annotations.NullMarked;
