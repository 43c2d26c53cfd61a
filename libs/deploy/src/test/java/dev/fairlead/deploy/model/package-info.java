/// A small model of an execution, searched through whole, and the real code held against it under every order of two
/// commands.
@NullMarked
package dev.fairlead.deploy.model;

import org.jspecify.annotations.NullMarked;
