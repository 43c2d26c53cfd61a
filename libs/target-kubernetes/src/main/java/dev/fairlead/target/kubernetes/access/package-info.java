/// Where a cluster is and who we are there: kubeconfig files, certificates, tokens, credential plugins, the account of a
/// pod. Input: the environment and files. Output: an {@link dev.fairlead.target.kubernetes.access.Access}. No request is
/// made here.
@NullMarked
package dev.fairlead.target.kubernetes.access;

import org.jspecify.annotations.NullMarked;
