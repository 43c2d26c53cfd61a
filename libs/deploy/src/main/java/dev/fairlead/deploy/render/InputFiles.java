package dev.fairlead.deploy.render;

import dev.fairlead.inventory.unit.Unit;
import java.nio.file.Path;
import java.util.List;

/// The files that a task reads.
public interface InputFiles {
    /// The digest of paths and contents of the files that match; the same wherever the folder lies.
    ///
    /// @param unit whose task it is, for a problem's place
    /// @param globs relative to `folder`
    String digest(Unit unit, Path folder, List<String> globs);
}
