package dev.fairlead.bench.migrate;

/// Where a database is, in the spelling of each tool.
public record Address(String host, int port, String name) {
    public String url() {
        return "postgresql://postgres@%s:%d/%s".formatted(host, port, name);
    }

    /// For Go's drivers, which ask for TLS unless told otherwise.
    public String plainUrl() {
        return "postgres://postgres@%s:%d/%s?sslmode=disable".formatted(host, port, name);
    }

    public String jdbc() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
    }
}
