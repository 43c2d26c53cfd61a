@NullMarked
package dev.fairlead.document;

import org.jspecify.annotations.NullMarked;
