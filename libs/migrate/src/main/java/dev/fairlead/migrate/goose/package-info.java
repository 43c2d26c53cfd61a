/// Files of goose (github.com/pressly/goose, v3) as goose itself reads them: its annotations, its line-based splitting,
/// its substitution of variables, its errors in its words. Input: a folder. Output: migrations of `model`, or problems.
/// May import `model`, `sql`, `source` and `diagnostic`.
@NullMarked
package dev.fairlead.migrate.goose;

import org.jspecify.annotations.NullMarked;
