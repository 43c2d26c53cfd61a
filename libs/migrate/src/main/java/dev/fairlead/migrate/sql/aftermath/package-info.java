/// What the catalogue is asked after a crash: whether an effect that no transaction guards has happened. Pure; the
/// executor runs the query.
@NullMarked
package dev.fairlead.migrate.sql.aftermath;

import org.jspecify.annotations.NullMarked;
