package dev.fairlead.engine;

import dev.fairlead.deploy.slot.Range;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.image.ImageWorkshop;
import dev.fairlead.inventory.Choice;
import dev.fairlead.inventory.cluster.Cleanup;
import dev.fairlead.inventory.cluster.Cluster;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Origin;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import java.nio.file.Path;
import java.util.List;

/// The rooms on both sides of the engine: who reads stacks, and who runs units.
interface Neighbours {
    /// Reads a services.yaml.
    ///
    /// @param folderOrFile the file, or the folder that has one
    /// @throws dev.fairlead.diagnostic.ProblemException with everything that is wrong with it
    LoadedStack load(Path folderOrFile);

    /// The target `local` of a folder. The engine closes it.
    Target local(Path home);

    /// The target `kubernetes` for an environment. The engine closes it.
    ///
    /// @param cluster where it and its slots live
    /// @param cleanup what becomes of idle ones
    Target kubernetes(EnvironmentRef ref, Cluster cluster, Cleanup cleanup);

    /// Who makes the images of a stack. The engine closes it.
    ImageWorkshop images(Path home);

    /// A stack that could be read.
    interface LoadedStack {
        List<Problem> warnings();

        /// Everything that can be found without a target, in all environments; warnings too.
        List<Problem> check(Choice choice);

        Outline outline(Choice choice);

        /// What it says of the slots of an outline's environment.
        Range slots(Outline outline);

        Environment evaluate(Outline outline, Resolution resolution);

        List<Origin> origins(Outline outline, Resolution resolution, String key);
    }
}
