/// The judgement of a user: each class is a promise of the README, tried on the real command.
@NullMarked
package dev.fairlead.tests.system;

import org.jspecify.annotations.NullMarked;
