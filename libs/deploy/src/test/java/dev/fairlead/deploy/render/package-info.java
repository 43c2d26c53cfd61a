@NullMarked
package dev.fairlead.deploy.render;

import org.jspecify.annotations.NullMarked;
