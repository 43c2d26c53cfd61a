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
}
