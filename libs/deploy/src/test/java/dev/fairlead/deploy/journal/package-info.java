@NullMarked
package dev.fairlead.deploy.journal;

import org.jspecify.annotations.NullMarked;
