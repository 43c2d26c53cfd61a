/// What flags and arguments of several commands have in common.
@NullMarked
package dev.fairlead.cli.flag;

import org.jspecify.annotations.NullMarked;
