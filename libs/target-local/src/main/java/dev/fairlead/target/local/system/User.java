package dev.fairlead.target.local.system;

/// Who this process runs as.
public final class User {
    private User() {}

    public static boolean isRoot() {
        return Libc.effectiveUser() == 0;
    }

    public static int id() {
        return Libc.effectiveUser();
    }

    /// The version of the C library: `2.36`.
    ///
    /// @throws RuntimeException where it is not glibc
    public static String libcVersion() {
        return Libc.version();
    }
}
