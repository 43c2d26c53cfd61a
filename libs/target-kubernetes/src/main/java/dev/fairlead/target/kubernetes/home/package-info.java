/// What an environment keeps in its namespace beside its units: the namespace itself, the inventory of its objects,
/// generated secrets, and how units stand that are no objects. References and names, never a value that was sent.
@NullMarked
package dev.fairlead.target.kubernetes.home;

import org.jspecify.annotations.NullMarked;
