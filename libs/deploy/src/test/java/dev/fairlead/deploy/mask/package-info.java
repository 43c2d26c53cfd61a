@NullMarked
package dev.fairlead.deploy.mask;

import org.jspecify.annotations.NullMarked;
