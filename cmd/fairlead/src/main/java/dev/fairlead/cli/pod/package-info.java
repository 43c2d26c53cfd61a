/// Commands around pods that run on a shared workspace: what runs in them, and how a checkout gets there.
@NullMarked
package dev.fairlead.cli.pod;

import org.jspecify.annotations.NullMarked;
