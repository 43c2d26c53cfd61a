/// Ways into the pods of a unit: a command in one of them, a port of one of them.
@NullMarked
package dev.fairlead.target.kubernetes.reach;

import org.jspecify.annotations.NullMarked;
