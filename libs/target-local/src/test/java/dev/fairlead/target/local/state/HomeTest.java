package dev.fairlead.target.local.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.inventory.environment.EnvironmentRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    private static final int TWO = 2;

    @TempDir Path folder;

    @Test
    void twoThatMakeItAtOnceBothFindItWhole() throws Exception {
        var ref = new EnvironmentRef("shop", "dev", 0);
        for (int round = 0; round < 200; round++) {
            var beside = folder.resolve("stack-" + round);
            var start = new CyclicBarrier(TWO);
            Callable<Home> make =
                    () -> {
                        var home = new Home(beside);
                        start.await();
                        home.make();
                        home.environment(ref).keep(ref);
                        return home;
                    };
            try (var threads = Executors.newFixedThreadPool(TWO)) {
                for (var made : threads.invokeAll(List.of(make, make))) {
                    var home = made.get();
                    assertThat(home.environment(ref).ref()).contains(ref);
                    assertThat(home.folder().resolve(".gitignore")).hasContent("*");
                }
            }
            var left = new ArrayList<String>();
            try (var files = Files.walk(beside)) {
                files.map(path -> path.getFileName().toString())
                        .filter(name -> name.endsWith(".new"))
                        .forEach(left::add);
            }
            assertThat(left).isEmpty();
        }
    }
}
