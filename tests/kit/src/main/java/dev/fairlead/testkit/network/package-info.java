/// What NetworkPolicies let through, by the API's own rules: for tests, as a test cluster need not enforce them.
@NullMarked
package dev.fairlead.testkit.network;

import org.jspecify.annotations.NullMarked;
