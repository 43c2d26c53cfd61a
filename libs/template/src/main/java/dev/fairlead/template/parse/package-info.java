/// From text to trees: lexing, parsing with recovery, and printing a tree as source. Knows nothing of execution.
@NullMarked
package dev.fairlead.template.parse;

import org.jspecify.annotations.NullMarked;
