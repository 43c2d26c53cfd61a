/// What has no end of its own: watches, logs, commands in pods, forwarded ports. Input: a {@link
/// dev.fairlead.target.kubernetes.client.Cluster}. All of it runs on the caller's thread until the caller has enough, is
/// interrupted or closes it.
@NullMarked
package dev.fairlead.target.kubernetes.stream;

import org.jspecify.annotations.NullMarked;
