package dev.fairlead.cli.life;

import dev.fairlead.deploy.target.Target.Reach;
import dev.fairlead.diagnostic.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Passes connections to a port of this machine on to somewhere else, both ways, until it is closed. The way there is
/// looked for anew for each connection.
final class Forward implements AutoCloseable {
    private static final int CONNECTS_WITHIN = 5_000;

    private final Supplier<Reach> way;
    private final Consumer<String> told;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket server;

    /// @param told what went wrong with a connection
    Forward(Supplier<Reach> way, Consumer<String> told) {
        this.way = way;
        this.told = told;
    }

    /// @param port of 127.0.0.1; 0 for any that is free
    /// @return the port
    int open(int port) throws IOException {
        var listening = new ServerSocket();
        listening.setReuseAddress(true);
        try {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException | RuntimeException e) {
            listening.close();
            throw e;
        }
        server = listening;
        Thread.ofVirtual().name("forward").start(() -> accept(listening));
        return listening.getLocalPort();
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                var client = listening.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> pass(client));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void pass(Socket client) {
        try (client;
                var reach = way.get()) {
            switch (reach) {
                case Reach.Down(var why) -> told.accept(why);
                case Reach.Never _ -> told.accept("it is not there any more");
                case Reach.Open(var at, _) -> {
                    try (var unit = new Socket()) {
                        open.add(unit);
                        unit.connect(new InetSocketAddress(at.host(), at.port()), CONNECTS_WITHIN);
                        both(client, unit);
                    } catch (IOException e) {
                        told.accept("%s:%d: %s".formatted(at.host(), at.port(), e.getMessage()));
                    }
                }
            }
        } catch (ProblemException e) {
            told.accept(e.problems().getFirst().what());
        } catch (IOException | InterruptedException e) {
            told.accept(String.valueOf(e.getMessage()));
        } finally {
            open.remove(client);
        }
    }

    private void both(Socket client, Socket unit) throws IOException, InterruptedException {
        var there = Thread.ofVirtual().start(() -> copy(client, unit));
        copy(unit, client);
        there.join();
        open.remove(unit);
    }

    /// One direction; its end is passed on, and the other one may go on.
    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return; // it is closed as far as we are concerned
        }
    }

    @Override
    public void close() throws IOException {
        var listening = server;
        if (listening != null) {
            listening.close();
        }
        open.forEach(Forward::closeQuietly);
    }
}
