/// Hot reload: watches the files of a unit and, after an edit, builds and restarts it. Knows files and a {@link
/// dev.fairlead.deploy.reload.Child}, which builds and restarts; not where or how that runs, so that the local
/// supervisor and a process within a pod can use it alike. A failed build keeps the old process.
@NullMarked
package dev.fairlead.deploy.reload;

import org.jspecify.annotations.NullMarked;
