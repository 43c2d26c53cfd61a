package dev.fairlead.migrate.store;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.migrate.MigrateCode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.postgresql.PGProperty;

/// An address as libpq reads it (PostgreSQL documentation, 32.1.1.2 "Connection URIs"), for the driver.
///
/// @param hosts `host:port`, in the order of trying
/// @param settings of the driver, with `user` and `password`
record DatabaseUrl(List<String> hosts, String database, SortedMap<String, String> settings) {
    private static final Map<String, String> RENAMED =
            Map.of(
                    "application_name", "ApplicationName",
                    "connect_timeout", "connectTimeout",
                    "channel_binding", "channelBinding",
                    "gssencmode", "gssEncMode",
                    "keepalives", "tcpKeepAlive",
                    "krbsrvname", "kerberosServerName");
    private static final Map<String, String> SERVERS =
            Map.of(
                    "any", "any",
                    "read-write", "primary",
                    "primary", "primary",
                    "read-only", "secondary",
                    "standby", "secondary",
                    "prefer-standby", "preferSecondary");

    static DatabaseUrl parse(String address) {
        if (address.startsWith("jdbc:postgresql:")) {
            return ofJdbc(address);
        }
        for (var scheme : List.of("postgresql://", "postgres://")) {
            if (address.startsWith(scheme)) {
                return new Reader(address.substring(scheme.length())).read();
            }
        }
        throw bad("the address of a database begins with postgresql://");
    }

    private static DatabaseUrl ofJdbc(String address) {
        var properties = org.postgresql.Driver.parseURL(address, null);
        if (properties == null) {
            throw bad("the driver does not understand this jdbc:postgresql: address");
        }
        var all = new TreeMap<String, String>();
        properties
                .stringPropertyNames()
                .forEach(name -> all.put(name, properties.getProperty(name)));
        var hosts = all.getOrDefault("PGHOST", "localhost").split(",", -1);
        var ports = all.getOrDefault("PGPORT", "5432").split(",", -1);
        var found = new ArrayList<String>();
        for (int i = 0; i < hosts.length; i++) {
            found.add(hosts[i] + ":" + ports[Math.min(i, ports.length - 1)]);
        }
        var database = all.getOrDefault("PGDBNAME", "");
        all.keySet().removeIf(name -> name.startsWith("PG"));
        return complete(found, database, all);
    }

    private static DatabaseUrl complete(
            List<String> hosts, String database, SortedMap<String, String> settings) {
        settings.putIfAbsent("user", System.getProperty("user.name", "postgres"));
        var name = database.isEmpty() ? settings.get("user") : database;
        return new DatabaseUrl(
                hosts.isEmpty() ? List.of("localhost:5432") : List.copyOf(hosts),
                name == null ? "" : name,
                settings);
    }

    private static ProblemException bad(String what) {
        return Problem.error(MigrateCode.BAD_DATABASE_URL, what).thrown();
    }

    /// For the driver; user and password are not in it.
    String jdbc() {
        return "jdbc:postgresql://" + String.join(",", hosts) + "/" + encoded(database);
    }

    String shown() {
        return String.join(",", hosts) + "/" + database;
    }

    Map<String, String> environment() {
        var environment = new TreeMap<String, String>();
        var user = settings.getOrDefault("user", "");
        var password = Optional.ofNullable(settings.get("password"));
        var query = new StringBuilder();
        Optional.ofNullable(settings.get("sslmode"))
                .ifPresent(mode -> {
                    environment.put("PGSSLMODE", mode);
                    query.append("?sslmode=").append(encoded(mode));
                });
        environment.put(
                "DATABASE_URL",
                "postgresql://"
                        + encoded(user)
                        + password.map(word -> ":" + encoded(word)).orElse("")
                        + "@"
                        + String.join(",", hosts)
                        + "/"
                        + encoded(database)
                        + query);
        environment.put("PGUSER", user);
        password.ifPresent(word -> environment.put("PGPASSWORD", word));
        environment.put("PGDATABASE", database);
        environment.put("PGHOST", String.join(",", hosts.stream().map(DatabaseUrl::host).toList()));
        environment.put(
                "PGPORT",
                String.join(
                        ",",
                        hosts.stream()
                                .map(host -> host.substring(host.lastIndexOf(':') + 1))
                                .toList()));
        return environment;
    }

    private static String host(String hostAndPort) {
        var host = hostAndPort.substring(0, hostAndPort.lastIndexOf(':'));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// Takes one address apart; what it says of a mistake never quotes the part that may hold a password.
    private static final class Reader {
        private final String rest;
        private final SortedMap<String, String> settings = new TreeMap<>();
        private final List<String> hosts = new ArrayList<>();
        private String database = "";
        private String host = "";
        private String port = "";

        Reader(String rest) {
            this.rest = rest;
        }

        DatabaseUrl read() {
            int question = rest.indexOf('?');
            var before = question < 0 ? rest : rest.substring(0, question);
            int slash = before.indexOf('/', before.lastIndexOf('@') + 1);
            var authority = slash < 0 ? before : before.substring(0, slash);
            database = slash < 0 ? "" : decoded(before.substring(slash + 1));
            int at = authority.lastIndexOf('@');
            if (at >= 0) {
                user(authority.substring(0, at));
            }
            if (question >= 0) {
                Arrays.stream(rest.substring(question + 1).split("&"))
                        .filter(setting -> !setting.isEmpty())
                        .forEach(this::setting);
            }
            hosts(authority.substring(at + 1));
            return complete(hosts, database, settings);
        }

        private void user(String userAndPassword) {
            int colon = userAndPassword.indexOf(':');
            settings.put(
                    "user",
                    decoded(colon < 0 ? userAndPassword : userAndPassword.substring(0, colon)));
            if (colon >= 0) {
                settings.put("password", decoded(userAndPassword.substring(colon + 1)));
            }
        }

        private void hosts(String written) {
            var list = written.isEmpty() && !host.isEmpty() ? host : written;
            for (var one : list.isEmpty() ? new String[0] : list.split(",", -1)) {
                int colon = one.lastIndexOf(':');
                boolean hasPort = colon >= 0 && colon > one.lastIndexOf(']');
                var name = decoded(hasPort ? one.substring(0, colon) : one);
                var number = hasPort ? one.substring(colon + 1) : port.isEmpty() ? "5432" : port;
                if (name.startsWith("/")) {
                    throw bad("a socket folder cannot be used as the host; name a host and a port");
                }
                if (!number.matches("\\d{1,5}")) {
                    throw bad("the port of a host is not a number");
                }
                hosts.add((name.isEmpty() ? "localhost" : name) + ":" + number);
            }
            if (hosts.isEmpty() && !port.isEmpty()) {
                hosts.add("localhost:" + port);
            }
        }

        private void setting(String written) {
            int equals = written.indexOf('=');
            if (equals < 0) {
                throw bad("a setting behind the question mark has no value");
            }
            var name = decoded(written.substring(0, equals));
            var value = decoded(written.substring(equals + 1));
            switch (name) {
                case "host", "hostaddr" -> host = value;
                case "port" -> port = value;
                case "dbname" -> database = value;
                case "user", "password" -> settings.put(name, value);
                case "target_session_attrs" ->
                        settings.put("targetServerType", SERVERS.getOrDefault(value, "any"));
                case "keepalives" -> settings.put("tcpKeepAlive", value.equals("1") + "");
                default -> driverSetting(name, value);
            }
        }

        private void driverSetting(String name, String value) {
            var known = RENAMED.getOrDefault(name, name);
            if (PGProperty.forName(known) == null) {
                var names = new ArrayList<>(RENAMED.keySet());
                Arrays.stream(PGProperty.values()).map(PGProperty::getName).forEach(names::add);
                throw Problem.error(
                                MigrateCode.BAD_DATABASE_URL,
                                "unknown setting \"%s\" in the address of the database"
                                        .formatted(name))
                        .withHint(Nearest.hint(name, names))
                        .thrown();
            }
            settings.put(known, value);
        }

        private static String decoded(String text) {
            try {
                return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException _) {
                throw bad("a percent sign in the address is not followed by two digits");
            }
        }
    }
}
