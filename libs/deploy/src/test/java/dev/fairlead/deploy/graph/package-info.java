@NullMarked
package dev.fairlead.deploy.graph;

import org.jspecify.annotations.NullMarked;
