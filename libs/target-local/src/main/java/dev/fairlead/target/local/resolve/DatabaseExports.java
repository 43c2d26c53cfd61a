package dev.fairlead.target.local.resolve;

import dev.fairlead.diagnostic.Marked;
import java.util.SortedMap;

/// What the builtin `postgres` exports. The keys without a suffix speak of the first database; `url_NAME`, `jdbcUrl_NAME`,
/// `user_NAME` and `database_NAME` of the database with this logical name. `host`, `port` and `password` are the same
/// for all of them. Each database has a role of its own name, which owns it.
final class DatabaseExports {
    private final int port;
    private final Marked password;

    DatabaseExports(int port, Marked password) {
        this.port = port;
        this.password = password;
    }

    void add(String logical, String physical, SortedMap<String, Marked> exports) {
        exports.put("host", Marked.plain("127.0.0.1"));
        exports.put("port", Marked.plain(Integer.toString(port)));
        exports.put("password", password);
        put(exports, "url", logical, url(physical));
        put(
                exports,
                "jdbcUrl",
                logical,
                Marked.plain("jdbc:postgresql://127.0.0.1:" + port + "/" + physical));
        put(exports, "user", logical, Marked.plain(physical));
        put(exports, "database", logical, Marked.plain(physical));
    }

    private static void put(
            SortedMap<String, Marked> exports, String key, String logical, Marked value) {
        exports.putIfAbsent(key, value);
        exports.put(key + "_" + logical, value);
    }

    private Marked url(String physical) {
        return new Marked.Builder()
                .append("postgresql://" + physical + ":")
                .append(password)
                .append("@127.0.0.1:" + port + "/" + physical)
                .build();
    }
}
