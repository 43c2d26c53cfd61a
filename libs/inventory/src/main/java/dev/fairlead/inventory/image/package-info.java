/// The images of a stack: what each is made of, and the name that follows from its inputs. Reads files of the stack, asks no
/// registry and builds nothing. May use the packages `read` and `environment`.
@NullMarked
package dev.fairlead.inventory.image;

import org.jspecify.annotations.NullMarked;
