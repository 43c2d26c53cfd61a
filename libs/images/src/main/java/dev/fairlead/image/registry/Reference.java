package dev.fairlead.image.registry;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.image.ImageCode;
import java.net.URI;
import java.util.regex.Pattern;

/// The whole name of an image.
///
/// @param host of the registry, with its port
/// @param repository the path in it
/// @param version a tag, or a digest
public record Reference(String host, String repository, String version) {
    private static final Pattern NAME =
            Pattern.compile(
                    "(?:(?<host>localhost(?::\\d+)?|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+(?::\\d+)?|[A-Za-z0-9-]+:\\d+|\\[[0-9a-f:]+\\](?::\\d+)?)/)?"
                            + "(?<path>[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)"
                            + "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?");
    private static final String HUB = "registry-1.docker.io";
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127\\.[0-9.]+|\\[::1\\])(:\\d+)?");

    /// @throws dev.fairlead.diagnostic.ProblemException `IMAGE_NAME`
    public static Reference of(String text) {
        var found = NAME.matcher(text);
        if (!found.matches()) {
            throw Problem.error(
                            ImageCode.IMAGE_NAME,
                            "\"%s\" is not the name of an image".formatted(text))
                    .withHint(ImageCode.IMAGE_NAME.remedy())
                    .thrown();
        }
        var host = found.group("host");
        var path = found.group("path");
        var tag = found.group("tag") == null ? "latest" : found.group("tag");
        var version = found.group("digest") == null ? tag : found.group("digest");
        if (host == null || host.equals("docker.io")) {
            return new Reference(HUB, path.contains("/") ? path : "library/" + path, version);
        }
        return new Reference(host, path, version);
    }

    /// Whether a name says in which registry it is.
    public static boolean saysWhere(String text) {
        var found = NAME.matcher(text);
        return found.matches() && found.group("host") != null;
    }

    /// Whether the registry is on this machine itself: it may speak plain HTTP.
    public boolean isLoopback() {
        return LOOPBACK.matcher(host).matches();
    }

    /// Whether it names one content for ever, by its digest.
    public boolean isPinned() {
        return version.startsWith("sha256:");
    }

    public Reference at(String otherVersion) {
        return new Reference(host, repository, otherVersion);
    }

    URI uri(String rest) {
        return URI.create(
                (isLoopback() ? "http://" : "https://") + host + "/v2/" + repository + "/" + rest);
    }

    /// The name under which credentials are kept.
    String account() {
        return host.equals(HUB) ? "https://index.docker.io/v1/" : host;
    }

    @Override
    public String toString() {
        return host + "/" + repository + (isPinned() ? "@" : ":") + version;
    }
}
