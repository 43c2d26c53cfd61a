/// YAML and JSON in the way of Kubernetes and Go: read by YAML 1.1's rules, written as sigs.k8s.io/yaml and
/// encoding/json write them. Secrets keep their marks.
@NullMarked
package dev.fairlead.document.kubernetes;

import org.jspecify.annotations.NullMarked;
