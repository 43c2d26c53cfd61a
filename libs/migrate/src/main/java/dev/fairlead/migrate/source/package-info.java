/// The folders that migrations are read from: on disk or in a jar, and nothing outside of them. Input: a folder and names
/// in it. Output: texts, or problems. The only package of the readers that touches files.
@NullMarked
package dev.fairlead.migrate.source;

import org.jspecify.annotations.NullMarked;
