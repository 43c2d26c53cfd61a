@NullMarked
package dev.fairlead.deploy.plan;

import org.jspecify.annotations.NullMarked;
