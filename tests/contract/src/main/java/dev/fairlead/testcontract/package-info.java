/// The contracts of the ports of libs/deploy, as tests that each implementation inherits.
@NullMarked
package dev.fairlead.testcontract;

import org.jspecify.annotations.NullMarked;
