/// Evaluates trees over data, within limits, and records where each line of output came from.
@NullMarked
package dev.fairlead.template.execute;

import org.jspecify.annotations.NullMarked;
