package dev.fairlead.tests.system.world;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A server of one answer, small enough that a stack may have several of it.
public final class Answering {
    private Answering() {}

    /// The words of a `command:` that runs it: `[ java, … ]`.
    ///
    /// @param arguments a port, the status of every answer (`silence` for none at all, `nothing` for an empty one, `ssh` for one that is no HTTP,
    ///     `@FILE` for what the file says at the moment), and what else is in the answer
    public static String command(String... arguments) {
        return Programs.command(Answering.class, arguments);
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        try (var server =
                new ServerSocket(port, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            System.out.println("listens on " + port);
            while (true) {
                try (var asked = server.accept()) {
                    asked.getInputStream().read(new byte[4096]);
                    var status = status(arguments[1]);
                    if (status.equals("silence")) {
                        asked.getInputStream().read(); // until the other side has enough
                    }
                    var answer = answer(status, arguments.length > 2 ? arguments[2] : "");
                    asked.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                } catch (IOException gone) {
                    System.out.println(gone.getMessage());
                }
            }
        }
    }

    private static String status(String said) throws IOException {
        return said.startsWith("@") ? Files.readString(Path.of(said.substring(1))).strip() : said;
    }

    private static String answer(String status, String more) {
        return switch (status) {
            case "nothing" -> "";
            case "ssh" -> "SSH-2.0-OpenSSH_9\r\n";
            default -> "HTTP/1.1 %s Said\r\nConnection: close\r\n\r\n%s\n".formatted(status, more);
        };
    }
}
