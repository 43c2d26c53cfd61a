/// The kinds of object that a server has, with their scope and verbs: asked from it, never listed here, and kept on disk
/// per server and version. Input: {@link dev.fairlead.target.kubernetes.http.Transport}. Output: {@link
/// dev.fairlead.target.kubernetes.discovery.ApiResource}.
@NullMarked
package dev.fairlead.target.kubernetes.discovery;

import org.jspecify.annotations.NullMarked;
