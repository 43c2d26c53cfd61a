package dev.fairlead.target.local.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A process to be started: its standard input is `/dev/null`, its output goes to `output`, no other file of this JVM is
/// open in it, no signal is blocked or ignored.
///
/// @param command the program as an absolute path, and its arguments
/// @param environment all of it; nothing is inherited
/// @param output a file that is appended to, or a FIFO, which the child opens for reading and writing so that it never
///     gets a broken pipe while nobody reads
/// @param ownSession a session of its own (it outlives the terminal) instead of a process group of its own
public record Spawn(
        List<String> command,
        Map<String, String> environment,
        Path folder,
        Path output,
        boolean ownSession) {
    private static final short SETPGROUP = 0x02;
    private static final short SETSIGDEF = 0x04;
    private static final short SETSIGMASK = 0x08;
    private static final short SETSID = 0x80;
    private static final int RDWR = 2;
    private static final int CREATE_APPEND = 0x40 | 0x400;
    // Larger than posix_spawnattr_t, posix_spawn_file_actions_t and sigset_t of glibc on any
    // architecture.
    private static final long ROOM = 512;

    public Spawn {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// Starts it. Whoever starts a process reaps it: see {@link Reaper}.
    ///
    /// @return its process id, which is its group's id too
    /// @throws IOException when the system refuses; command and folder are best checked before, as both give one reason
    public int start() throws IOException {
        try (var arena = Arena.ofConfined()) {
            var actions = actions(arena);
            var attributes = attributes(arena);
            var pid = arena.allocate(JAVA_INT);
            var arguments = strings(arena, command);
            var variables =
                    strings(
                            arena,
                            environment.entrySet().stream()
                                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                                    .sorted()
                                    .toList());
            var program = arena.allocateFrom(command.getFirst());
            int error =
                    (int)
                            Calls.SPAWN.invokeExact(
                                    pid, program, actions, attributes, arguments, variables);
            check((int) Calls.ACTIONS_DESTROY.invokeExact(actions));
            check((int) Calls.ATTRIBUTES_DESTROY.invokeExact(attributes));
            if (error != 0) {
                throw new IOException(
                        "cannot start " + command.getFirst() + ": " + Libc.message(error));
            }
            return pid.get(JAVA_INT, 0);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.broken("posix_spawn", e);
        }
    }

    private MemorySegment actions(Arena arena) throws Throwable {
        var actions = arena.allocate(ROOM, 16);
        check((int) Calls.ACTIONS_INIT.invokeExact(actions));
        var nothing = arena.allocateFrom("/dev/null");
        check((int) Calls.ADD_OPEN.invokeExact(actions, 0, nothing, 0, 0));
        var out = arena.allocateFrom(output.toString());
        check((int) Calls.ADD_OPEN.invokeExact(actions, 1, out, RDWR | CREATE_APPEND, 0600));
        check((int) Calls.ADD_DUP2.invokeExact(actions, 1, 2));
        check((int) Calls.ADD_CHDIR.invokeExact(actions, arena.allocateFrom(folder.toString())));
        check((int) Calls.ADD_CLOSE_FROM.invokeExact(actions, 3));
        return actions;
    }

    private MemorySegment attributes(Arena arena) throws Throwable {
        var attributes = arena.allocate(ROOM, 16);
        check((int) Calls.ATTRIBUTES_INIT.invokeExact(attributes));
        short group = ownSession ? SETSID : SETPGROUP;
        short flags = (short) (group | SETSIGDEF | SETSIGMASK);
        check((int) Calls.SET_FLAGS.invokeExact(attributes, flags));
        var signals = arena.allocate(ROOM, 16);
        check((int) Calls.EMPTY_SET.invokeExact(signals));
        check((int) Calls.SET_MASK.invokeExact(attributes, signals));
        check((int) Calls.FULL_SET.invokeExact(signals));
        check((int) Calls.SET_DEFAULTS.invokeExact(attributes, signals));
        return attributes;
    }

    private static void check(int error) throws IOException {
        if (error != 0) {
            throw new IOException("cannot prepare a process: " + Libc.message(error));
        }
    }

    private static MemorySegment strings(Arena arena, List<String> texts) {
        var array = arena.allocate(ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
        }
        array.setAtIndex(ADDRESS, texts.size(), MemorySegment.NULL);
        return array;
    }

    private static final class Calls {
        static final MethodHandle SPAWN =
                call("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        static final MethodHandle ACTIONS_INIT = call("posix_spawn_file_actions_init", ADDRESS);
        static final MethodHandle ACTIONS_DESTROY =
                call("posix_spawn_file_actions_destroy", ADDRESS);
        static final MethodHandle ADD_OPEN =
                call(
                        "posix_spawn_file_actions_addopen",
                        ADDRESS,
                        JAVA_INT,
                        ADDRESS,
                        JAVA_INT,
                        JAVA_INT);
        static final MethodHandle ADD_DUP2 =
                call("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
        static final MethodHandle ADD_CHDIR =
                call("posix_spawn_file_actions_addchdir_np", ADDRESS, ADDRESS);
        static final MethodHandle ADD_CLOSE_FROM =
                call("posix_spawn_file_actions_addclosefrom_np", ADDRESS, JAVA_INT);
        static final MethodHandle ATTRIBUTES_INIT = call("posix_spawnattr_init", ADDRESS);
        static final MethodHandle ATTRIBUTES_DESTROY = call("posix_spawnattr_destroy", ADDRESS);
        static final MethodHandle SET_FLAGS = call("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
        static final MethodHandle SET_MASK = call("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);
        static final MethodHandle SET_DEFAULTS =
                call("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
        static final MethodHandle EMPTY_SET = call("sigemptyset", ADDRESS);
        static final MethodHandle FULL_SET = call("sigfillset", ADDRESS);

        private static MethodHandle call(
                String name, java.lang.foreign.MemoryLayout... parameters) {
            return Libc.linkPlain(name, FunctionDescriptor.of(JAVA_INT, parameters));
        }
    }
}
