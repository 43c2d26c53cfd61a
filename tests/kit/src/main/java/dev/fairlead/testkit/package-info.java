/// What every test may use: the requirement it covers, its scale and its seed. JDK only.
@NullMarked
package dev.fairlead.testkit;

import org.jspecify.annotations.NullMarked;
