@NullMarked
package dev.fairlead.deploy.execute;

import org.jspecify.annotations.NullMarked;
