/// `fairlead template`: the template engine alone.
@NullMarked
package dev.fairlead.cli.command.template;

import org.jspecify.annotations.NullMarked;
