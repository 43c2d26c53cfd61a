package dev.fairlead.target.kubernetes.http;

import java.util.List;
import java.util.Optional;

/// One request.
///
/// @param path with its query: `/api/v1/namespaces?limit=500`
/// @param purpose for messages: `list deployments in shop-dev`
public record Call(
        Method method,
        String path,
        String purpose,
        Repeat repeat,
        Optional<Body> body,
        List<String> accept,
        Guard guard) {
    private static final List<String> JSON = List.of("application/json");

    public Call {
        accept = List.copyOf(accept);
    }

    /// What a request does.
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /// What may be done when nobody knows whether a request took effect.
    public enum Repeat {
        /// Sending it again changes nothing more.
        SAFE,
        /// It may have taken effect: only the caller can find out.
        NEVER
    }

    /// @param text never shown: an object may hold secrets
    public record Body(String type, String text) {
        @Override
        public String toString() {
            return "Body[" + type + ", " + text.length() + " characters]";
        }
    }

    /// Reads something.
    public static Call reading(String path, String purpose) {
        return new Call(Method.GET, path, purpose, Repeat.SAFE, Optional.empty(), JSON, Guard.NONE);
    }

    /// Sends something.
    public static Call sending(Method method, String path, String purpose, Body body) {
        var repeat = method == Method.PATCH ? Repeat.SAFE : Repeat.NEVER;
        return new Call(method, path, purpose, repeat, Optional.of(body), JSON, Guard.NONE);
    }

    public Call repeatable(Repeat wanted) {
        return new Call(method, path, purpose, wanted, body, accept, guard);
    }

    /// @param types media types, the best first
    public Call accepting(List<String> types) {
        return new Call(method, path, purpose, repeat, body, types, guard);
    }

    public Call guardedBy(Guard wanted) {
        return new Call(method, path, purpose, repeat, body, accept, wanted);
    }

    /// What requests have in common that a server gives one priority: the method and the resource.
    String kind() {
        int query = path.indexOf('?');
        var parts = (query < 0 ? path : path.substring(0, query)).split("/", -1);
        // /api/v1/… and /apis/apps/v1/…, each perhaps with namespaces/shop/ in front of the
        // resource
        int at = parts.length > 1 && parts[1].equals("apis") ? 4 : 3;
        if (parts.length > at + 2 && parts[at].equals("namespaces")) {
            at += 2;
        }
        return method + " " + (parts.length > at ? parts[at] : "");
    }

    /// Whether it changes what the server stores.
    boolean writes() {
        return method != Method.GET && !path.contains("dryRun=") && !path.contains("/selfsubject");
    }
}
