/// Requests to one API server: identity, time limits, retries, and as many at a time as the server takes. It knows
/// nothing of objects. Input: a {@link dev.fairlead.target.kubernetes.http.Call}. Output: the server's reply, whatever
/// its status, or a Problem when there is none.
@NullMarked
package dev.fairlead.target.kubernetes.http;

import org.jspecify.annotations.NullMarked;
