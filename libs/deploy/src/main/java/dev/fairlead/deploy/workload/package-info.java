/// From the rendered manifests of an environment to its {@link dev.fairlead.deploy.object.DesiredObject}s: read as Kubernetes
/// reads YAML, completed by exactly what is documented, each addition with its origin, and checked against each other. Pure.
@NullMarked
package dev.fairlead.deploy.workload;

import org.jspecify.annotations.NullMarked;
