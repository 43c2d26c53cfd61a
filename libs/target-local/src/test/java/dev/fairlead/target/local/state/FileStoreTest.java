package dev.fairlead.target.local.state;

import dev.fairlead.deploy.journal.Store;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.testcontract.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Files keep what every store promises.
class FileStoreTest extends StoreContract {
    @TempDir private Path folder;

    @Override
    protected Store open(EnvironmentRef environment) {
        return new FileStore(new Home(folder), environment, "a test");
    }
}
