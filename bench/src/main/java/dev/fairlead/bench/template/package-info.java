/// The template engine by itself.
@NullMarked
package dev.fairlead.bench.template;

import org.jspecify.annotations.NullMarked;
