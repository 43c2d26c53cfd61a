import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

// Counts the words of new entries, behind the API's back: what a page shows a moment later.
// Several workers may run: each takes rows that no other has taken.

static final String COUNT = """
        UPDATE entry SET words = cardinality(regexp_split_to_array(trim(text), '\\s+'))
        WHERE id IN (SELECT id FROM entry WHERE words IS NULL ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED)""";

void main() throws InterruptedException {
    IO.println("ready to count words"); // services.yaml waits for this line
    while (true) {
        try (var database = connect(); var statement = database.prepareStatement(COUNT)) {
            while (true) {
                int counted = statement.executeUpdate();
                if (counted > 0) {
                    IO.println("counted the words of " + counted + (counted == 1 ? " entry" : " entries"));
                }
                Thread.sleep(2000);
            }
        } catch (SQLException e) {
            IO.println("trying again in a second: " + e.getMessage());
            Thread.sleep(1000);
        }
    }
}

Connection connect() throws SQLException {
    var environment = System.getenv();
    return DriverManager.getConnection(
            environment.get("DATABASE_URL"), environment.get("DATABASE_USER"), environment.get("DATABASE_PASSWORD"));
}
