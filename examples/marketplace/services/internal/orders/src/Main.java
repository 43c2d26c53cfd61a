import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

// What was bought. Owns the database; its tables are made by the migrations in cmd/cli/migrations, before this starts.
//
//   GET  /orders              the newest 50
//   POST /orders              {"product": 2, "buyer": "Ada"}; reserves, lets pay, keeps; answers 201 and the order
//   POST /orders/7/settled    money has come for it
//
// PostgreSQL reads and writes the JSON itself, so there is no JSON library here.

static final String LIST = """
        SELECT coalesce(json_agg(newest), '[]')
        FROM (SELECT * FROM purchase ORDER BY id DESC LIMIT 50) AS newest""";

static final String ADD = """
        INSERT INTO purchase (product, buyer, receipt)
        SELECT (json ->> 'product')::int, json ->> 'buyer', ? FROM (SELECT ?::jsonb) AS body (json)
        RETURNING row_to_json(purchase)""";

static final String SETTLE = "UPDATE purchase SET settled = now() WHERE id = ?::bigint RETURNING row_to_json(purchase)";

void main() throws Exception {
    Service.serve(request -> {
        var call = request.call();
        if (call.equals("GET /readyz")) {
            return one(200, "SELECT json_build_object('ready', true)");
        }
        if (call.equals("GET /orders")) {
            return one(200, LIST);
        }
        if (call.equals("POST /orders")) {
            return bought(request.body());
        }
        if (call.matches("POST /orders/\\d{1,18}/settled")) {
            return one(200, SETTLE, call.split("/")[2]);
        }
        return Service.Reply.problem(404, "there is no " + call);
    });
}

Service.Reply bought(String body) throws Exception {
    var product = Pattern.compile("\"product\"\\s*:\\s*(\\d{1,9})").matcher(body);
    if (!product.find()) {
        return Service.Reply.problem(400, "which product?");
    }
    var reserved = Service.ask(Service.env("STOCK_URL") + "/stock/" + product.group(1) + "/reserve", "one");
    if (reserved.status() != 200) {
        return reserved;
    }
    var paid = Service.require(Service.env("PAYMENTS_URL") + "/payments", body);
    return one(201, ADD, paid.replaceAll(".*: \"|\".*", ""), body);
}

Service.Reply one(int status, String sql, String... values) throws SQLException {
    try (var database = connect(); var statement = database.prepareStatement(sql)) {
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        try (var row = statement.executeQuery()) {
            return row.next()
                    ? Service.Reply.json(status, row.getString(1))
                    : Service.Reply.problem(404, "there is no such order");
        }
    }
}

Connection connect() throws SQLException {
    return DriverManager.getConnection(
            Service.env("DATABASE_URL"), Service.env("DATABASE_USER"), Service.env("DATABASE_PASSWORD"));
}
