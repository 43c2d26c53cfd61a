package dev.fairlead.target.kubernetes.discovery;

/// @param text `v1.33.13`
public record ServerVersion(int major, int minor, String text) {
    public boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }

    /// @param minor providers append to it: `33+`
    static ServerVersion of(String major, String minor, String text) {
        return new ServerVersion(number(major), number(minor), text);
    }

    private static int number(String text) {
        var digits = text.replaceAll("\\D.*", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
