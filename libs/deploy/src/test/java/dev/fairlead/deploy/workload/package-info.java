@NullMarked
package dev.fairlead.deploy.workload;

import org.jspecify.annotations.NullMarked;
