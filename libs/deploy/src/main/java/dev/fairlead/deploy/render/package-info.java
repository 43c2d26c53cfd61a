/// Turns an evaluated environment into what a plan compares: per unit a masked plain tree, its hash and the fingerprints of its secrets. Reads nothing but the files that the `inputs` of tasks match.
@NullMarked
package dev.fairlead.deploy.render;

import org.jspecify.annotations.NullMarked;
