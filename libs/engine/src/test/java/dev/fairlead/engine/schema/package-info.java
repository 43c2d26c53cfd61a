/// Tests of how migrations are joined to stacks and deploys.
@NullMarked
package dev.fairlead.engine.schema;

import org.jspecify.annotations.NullMarked;
