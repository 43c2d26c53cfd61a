/// What passes between a command and the supervisor: one JSON object per line over loopback TCP, a request and its
/// answer per connection. Secrets pass here in clear and are never written; whoever connects shows the token of a file
/// that only the owner can read.
@NullMarked
package dev.fairlead.target.local.wire;

import org.jspecify.annotations.NullMarked;
