/// The target `kubernetes`. `access` reads a kubeconfig, `http` sends requests, `discovery` knows the kinds of a server,
/// `client` reads and writes objects, `stream` watches and talks to pods, `store` keeps an environment's record.
@NullMarked
package dev.fairlead.target.kubernetes;

import org.jspecify.annotations.NullMarked;
