package dev.fairlead.target.local.postgres;

import dev.fairlead.target.local.system.Pause;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// As much of PostgreSQL's wire protocol (version 3) as it takes to make roles and databases: a trusted start-up over
/// the Unix socket and simple queries.
final class SqlClient implements AutoCloseable {
    private static final int PROTOCOL = 3 << 16;
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30); // on a busy machine

    private final SocketChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;

    private SqlClient(SocketChannel channel) {
        this.channel = channel;
        this.in = new DataInputStream(Channels.newInputStream(channel));
        this.out = new DataOutputStream(Channels.newOutputStream(channel));
    }

    /// What the server says against a query, with its SQLSTATE.
    static final class Refused extends IOException {
        Refused(String state, String message) {
            super(message + " (SQLSTATE " + state + ")");
        }
    }

    /// @throws IOException when the server does not listen, or does not take connections yet
    static SqlClient connect(Path socket, String user, String database) throws IOException {
        return connect(socket, user, database, ANSWERS_WITHIN);
    }

    /// @param atMost how long the server may take to take the connection: one that is stopped listens and says nothing
    /// @throws IOException when the server does not listen, or does not take connections yet
    static SqlClient connect(Path socket, String user, String database, Duration atMost)
            throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        var limit = Thread.startVirtualThread(() -> closeAfter(atMost, channel));
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            var client = new SqlClient(channel);
            client.startUp(user, database);
            return client;
        } catch (AsynchronousCloseException e) {
            throw new IOException("it does not answer", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        } finally {
            limit.interrupt();
        }
    }

    private static void closeAfter(Duration time, SocketChannel channel) {
        try {
            Pause.of(time);
            channel.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it was in time
        } catch (IOException e) {
            return; // closed to whoever waits for it all the same
        }
    }

    private void startUp(String user, String database) throws IOException {
        var message = new ByteArrayOutputStream();
        var fields = new DataOutputStream(message);
        fields.writeInt(PROTOCOL);
        for (var text : List.of("user", user, "database", database)) {
            text(fields, text);
        }
        fields.write(0);
        out.writeInt(message.size() + 4);
        out.write(message.toByteArray());
        out.flush();
        untilReady(true);
    }

    /// Runs one statement; answers with the rows as texts (SQL's NULL as an empty one).
    ///
    /// @throws Refused when the server refuses it
    List<List<String>> query(String sql) throws IOException {
        var text = sql.getBytes(StandardCharsets.UTF_8);
        out.write('Q');
        out.writeInt(text.length + 5);
        out.write(text);
        out.write(0);
        out.flush();
        return untilReady(false);
    }

    private List<List<String>> untilReady(boolean starting) throws IOException {
        var rows = new ArrayList<List<String>>();
        Refused refused = null;
        while (true) {
            int type = in.read();
            if (type < 0) {
                throw new IOException("the server closed the connection");
            }
            var body = new byte[in.readInt() - 4];
            in.readFully(body);
            switch (type) {
                case 'Z' -> {
                    if (refused != null) {
                        throw refused;
                    }
                    return rows;
                }
                case 'E' -> {
                    refused = refused(body);
                    if (starting) {
                        throw refused; // the server closes the connection; nothing more comes
                    }
                }
                case 'R' -> {
                    if (new DataInputStream(new java.io.ByteArrayInputStream(body)).readInt()
                            != 0) {
                        throw new IOException("the server wants a password on its own socket");
                    }
                }
                case 'D' -> rows.add(row(body));
                default -> {
                    // Parameters, notices, tags of commands: nothing that is needed here.
                }
            }
        }
    }

    private static List<String> row(byte[] body) throws IOException {
        var fields = new DataInputStream(new java.io.ByteArrayInputStream(body));
        int count = fields.readShort();
        var row = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            int length = fields.readInt();
            row.add(
                    length < 0
                            ? ""
                            : new String(fields.readNBytes(length), StandardCharsets.UTF_8));
        }
        return row;
    }

    private static Refused refused(byte[] body) {
        var state = "?????";
        var message = "an error without a message";
        for (var field : new String(body, StandardCharsets.UTF_8).split("\0", -1)) {
            if (field.startsWith("C")) {
                state = field.substring(1);
            } else if (field.startsWith("M")) {
                message = field.substring(1);
            }
        }
        return new Refused(state, message);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write(0);
    }

    @Override
    public void close() {
        try (channel) {
            out.write('X');
            out.writeInt(4);
            out.flush();
        } catch (IOException e) {
            return; // the server is gone: so is the connection
        }
    }
}
