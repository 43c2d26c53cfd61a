package dev.fairlead.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A program that some tests need and that Debian packages: installed by the tests themselves where they may (root,
/// `apt-get`), otherwise those tests are skipped with {@link #absence}.
public enum DebianPackage {
    BSDUTILS("bsdutils", "script"),
    BUILDAH("buildah", "buildah"),
    BUSYBOX("busybox-static", "busybox"),
    CHROMIUM("chromium", "chromium"),
    CNI("containernetworking-plugins", "/usr/lib/cni/bridge"),
    CONTAINERD("containerd", "containerd"),
    IPTABLES("iptables", "iptables"),
    POSTGRESQL("postgresql", "pg_dump"),
    REGISTRY("docker-registry", "docker-registry"),
    RUNC("runc", "runc"),
    SHELLCHECK("shellcheck", "shellcheck"),
    STRACE("strace", "strace");

    private final String name;
    private final String program;

    DebianPackage(String name, String program) {
        this.name = name;
        this.program = program;
    }

    /// Whether the program is there, after an attempt to install it.
    public boolean provide() throws InterruptedException {
        if (onPath()) {
            return true;
        }
        boolean allowed =
                "root".equals(System.getProperty("user.name"))
                        && Files.isExecutable(Path.of("/usr/bin/apt-get"));
        return allowed
                && run("apt-get", "update", "-qq")
                && run("apt-get", "install", "-y", "-qq", "--no-install-recommends", name);
    }

    /// Why a test is skipped.
    public String absence() {
        return "skipped: needs " + program + " (Debian: apt-get install " + name + ")";
    }

    private boolean onPath() {
        return List.of(System.getenv().getOrDefault("PATH", "/usr/bin").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            var builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            return builder.start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
