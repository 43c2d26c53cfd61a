/// The builtin `static`: a folder served over HTTP from within the supervisor. A process of its own would cost a JVM per
/// unit for what a few threads that sleep do as well; when the supervisor is killed the unit is gone with it, and the
/// next `up` starts it again.
@NullMarked
package dev.fairlead.target.local.web;

import org.jspecify.annotations.NullMarked;
