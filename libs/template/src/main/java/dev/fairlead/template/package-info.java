/// Go's `text/template` for Java: sources go in, text comes out, with the secrets in it marked and the origin of each
/// line known. {@link dev.fairlead.template.TemplateSet} is the way in. Depends on libs/diagnostic alone.
@NullMarked
package dev.fairlead.template;

import org.jspecify.annotations.NullMarked;
