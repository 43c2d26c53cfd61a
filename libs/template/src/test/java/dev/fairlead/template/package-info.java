@NullMarked
package dev.fairlead.template;

import org.jspecify.annotations.NullMarked;
