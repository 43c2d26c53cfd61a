/// What happened, as one ordered stream: the live table, `-o json`, `events` and `explain` all read it.
@NullMarked
package dev.fairlead.deploy.event;

import org.jspecify.annotations.NullMarked;
