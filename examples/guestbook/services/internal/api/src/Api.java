import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.Executors;

// The guestbook's API: the table `entry` as JSON over HTTP. The JDK and the PostgreSQL driver, nothing else.
//
//   GET    /entries      the newest 100, newest first
//   POST   /entries      {"author": "Ada", "text": "Hello"}; answers 201 and the stored entry
//   DELETE /entries/7    with the header `Authorization: Bearer $ADMIN_TOKEN`; answers 204
//   GET    /readyz       200 when the database answers
//
// The table is made by the migrations in cmd/cli/migrations, before this starts.
//
// PostgreSQL reads and writes the JSON itself, so there is no JSON library here.

static final String LIST = """
        SELECT coalesce(json_agg(newest), '[]')
        FROM (SELECT * FROM entry ORDER BY id DESC LIMIT 100) AS newest""";

static final String ADD = """
        INSERT INTO entry (author, text)
        SELECT json ->> 'author', json ->> 'text' FROM (SELECT ?::jsonb) AS body (json)
        RETURNING row_to_json(entry)""";

void main() {
    try {
        serve();
    } catch (Exception e) {
        System.err.println("cannot start: " + e.getMessage());
        System.exit(1);
    }
}

void serve() throws Exception {
    var address = new InetSocketAddress(env("HOST"), Integer.parseInt(env("PORT")));
    var server = HttpServer.create(address, 0);
    server.createContext("/entries", exchange -> answer(exchange, () -> entries(exchange)));
    server.createContext("/readyz", exchange -> answer(exchange, () -> query("SELECT '{\"ready\": true}'::json")));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    IO.println("listening on " + address);
}

Answer entries(HttpExchange exchange) throws Exception {
    var request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    if (request.equals("GET /entries")) {
        return query(LIST);
    }
    if (request.equals("POST /entries")) {
        var body = exchange.getRequestBody().readNBytes(64 * 1024);
        return new Answer(201, query(ADD, new String(body, StandardCharsets.UTF_8)).json());
    }
    if (request.matches("DELETE /entries/\\d{1,18}")) {
        return mayDelete(exchange)
                ? delete(Long.parseLong(request.substring(request.lastIndexOf('/') + 1)))
                : Answer.problem(401, "wrong or missing token");
    }
    return Answer.problem(404, "there is no " + request);
}

boolean mayDelete(HttpExchange exchange) {
    var given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    var wanted = "Bearer " + env("ADMIN_TOKEN");
    return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
}

Answer delete(long id) throws SQLException {
    try (var database = connect(); var statement = database.prepareStatement("DELETE FROM entry WHERE id = ?")) {
        statement.setLong(1, id);
        return statement.executeUpdate() == 1 ? new Answer(204, "") : Answer.problem(404, "there is no entry " + id);
    }
}

/// Runs a query of one row and one column, which is JSON.
Answer query(String sql, String... parameters) throws SQLException {
    try (var database = connect(); var statement = database.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, parameters[i]);
        }
        var result = statement.executeQuery();
        result.next();
        return new Answer(200, result.getString(1));
    }
}

/// A connection per request: nothing to pool on a laptop, and a restarted database needs no care.
Connection connect() throws SQLException {
    return DriverManager.getConnection(env("DATABASE_URL"), env("DATABASE_USER"), env("DATABASE_PASSWORD"));
}

record Answer(int status, String json) {
    static Answer problem(int status, String what) {
        return new Answer(status, "{\"error\": \"%s\"}".formatted(what.replaceAll("[\"\\\\\\p{Cntrl}]", "'")));
    }
}

interface Handler {
    Answer answer() throws Exception;
}

void answer(HttpExchange exchange, Handler handler) throws IOException {
    Answer answer;
    try {
        answer = handler.answer();
    } catch (SQLException e) {
        var state = String.valueOf(e.getSQLState());
        var refused = state.startsWith("22") || state.startsWith("23"); // not JSON, or against the table's rules
        answer = refused
                ? Answer.problem(400, "an entry is {\"author\": 1 to 80 characters, \"text\": 1 to 2000}")
                : Answer.problem(503, "the database does not answer: " + e.getMessage());
    } catch (Exception e) {
        answer = Answer.problem(500, e.toString());
    }
    var body = answer.json().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
}

String env(String name) {
    var value = System.getenv(name);
    if (value == null) {
        throw new IllegalStateException("the environment variable " + name + " is missing");
    }
    return value;
}
