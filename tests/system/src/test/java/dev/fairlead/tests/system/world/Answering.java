package dev.fairlead.tests.system.world;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;

/// A server of one answer, small enough that a stack may have several of it.
public final class Answering {
    private Answering() {}

    /// The words of a `command:` that runs it: `[ java, … ]`.
    ///
    /// @param arguments a port, the status of every answer (`silence` for none at all, `nothing` for an empty one, `ssh` for one that is no HTTP), and what else is in the answer
    public static String command(String... arguments) {
        return Programs.command(Answering.class, arguments);
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        var answer = answer(arguments);
        try (var server =
                new ServerSocket(port, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            System.out.println("listens on " + port);
            while (true) {
                try (var asked = server.accept()) {
                    asked.getInputStream().read(new byte[4096]);
                    if (arguments[1].equals("silence")) {
                        asked.getInputStream().read(); // until the other side has enough
                    }
                    asked.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                } catch (IOException gone) {
                    System.out.println(gone.getMessage());
                }
            }
        }
    }

    private static String answer(String... arguments) {
        return switch (arguments[1]) {
            case "nothing" -> "";
            case "ssh" -> "SSH-2.0-OpenSSH_9\r\n";
            default ->
                    "HTTP/1.1 %s Said\r\nConnection: close\r\n\r\n%s\n"
                            .formatted(arguments[1], arguments.length > 2 ? arguments[2] : "");
        };
    }
}
