/// What a deploy is made of, in the order of its packages: `resolve` · `render` · `plan` · `execute` · `ready` · `journal` ·
/// `explain`, over the port `target`, the `graph` of the units and the one stream of `event`s. This package holds the codes.
@NullMarked
package dev.fairlead.deploy;

import org.jspecify.annotations.NullMarked;
