/// Results as text for people: plans, states, explanations. Pure functions of what the engine answered.
@NullMarked
package dev.fairlead.cli.text;

import org.jspecify.annotations.NullMarked;
