/// What was done to an environment: its executions, how long each unit took in them, and which units the end waited for.
/// Pure functions over the events and the record.
@NullMarked
package dev.fairlead.deploy.history;

import org.jspecify.annotations.NullMarked;
