/// Ports, secrets and the digest key before anything is evaluated: from a target's state, or made up where no target is asked.
@NullMarked
package dev.fairlead.deploy.resolve;

import org.jspecify.annotations.NullMarked;
