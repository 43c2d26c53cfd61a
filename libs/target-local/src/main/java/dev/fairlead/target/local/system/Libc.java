package dev.fairlead.target.local.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The calls into the C library. Each is linked when it is first used: linking takes time, and a short command needs few.
@SuppressWarnings("restricted") // this class is where native access is wanted
final class Libc {
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ECHILD = 10;
    static final int ESRCH = 3;
    static final int EEXIST = 17;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private Libc() {}

    /// A call whose errno is kept with its answer.
    record Answer(long value, int errno) {
        /// The value, or an exception that names the call and the reason.
        long orThrow(String call) throws IOException {
            if (value < 0) {
                throw new IOException(call + ": " + message(errno));
            }
            return value;
        }
    }

    /// Links a function that reports by errno.
    ///
    /// @param fixed how many arguments are not variadic; -1 for a function that is not variadic
    static MethodHandle link(String name, FunctionDescriptor shape, int fixed) {
        var symbol = LINKER.defaultLookup().findOrThrow(name);
        var errno = Linker.Option.captureCallState("errno");
        return fixed < 0
                ? LINKER.downcallHandle(symbol, shape, errno)
                : LINKER.downcallHandle(
                        symbol, shape, errno, Linker.Option.firstVariadicArg(fixed));
    }

    /// Links a function that answers with its error number itself, or with nothing.
    static MethodHandle linkPlain(String name, FunctionDescriptor shape) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape);
    }

    /// Room for errno.
    static MemorySegment state(Arena arena) {
        return arena.allocate(STATE);
    }

    static Answer answer(long value, MemorySegment state) {
        return new Answer(value, (int) ERRNO.get(state, 0L));
    }

    /// An exception out of a method handle: nothing that a caller could handle.
    static IllegalStateException broken(String call, Throwable e) {
        return new IllegalStateException(call + " could not be called", e);
    }

    static String message(int errno) {
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(256);
            var text =
                    (MemorySegment) Strerror.HANDLE.invokeExact(errno, buffer, buffer.byteSize());
            return text.reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw broken("strerror_r", e);
        }
    }

    static Answer kill(int pid, int signal) {
        try (var arena = Arena.ofConfined()) {
            var state = state(arena);
            return answer((int) Kill.HANDLE.invokeExact(state, pid, signal), state);
        } catch (Throwable e) {
            throw broken("kill", e);
        }
    }

    static Answer mkfifo(String path, int mode) {
        try (var arena = Arena.ofConfined()) {
            var state = state(arena);
            int done = (int) Mkfifo.HANDLE.invokeExact(state, arena.allocateFrom(path), mode);
            return answer(done, state);
        } catch (Throwable e) {
            throw broken("mkfifo", e);
        }
    }

    static Answer open(String path, int flags, int mode) {
        try (var arena = Arena.ofConfined()) {
            var state = state(arena);
            int fd = (int) Open.HANDLE.invokeExact(state, arena.allocateFrom(path), flags, mode);
            return answer(fd, state);
        } catch (Throwable e) {
            throw broken("open", e);
        }
    }

    static Answer read(int fd, MemorySegment buffer) {
        try (var arena = Arena.ofConfined()) {
            var state = state(arena);
            long count = (long) Read.HANDLE.invokeExact(state, fd, buffer, buffer.byteSize());
            return answer(count, state);
        } catch (Throwable e) {
            throw broken("read", e);
        }
    }

    static void write(int fd, MemorySegment bytes) {
        try (var arena = Arena.ofConfined()) {
            var state = state(arena);
            long ignored = (long) Write.HANDLE.invokeExact(state, fd, bytes, bytes.byteSize());
        } catch (Throwable e) {
            throw broken("write", e);
        }
    }

    static void close(int fd) {
        try (var arena = Arena.ofConfined()) {
            int ignored = (int) Close.HANDLE.invokeExact(state(arena), fd);
        } catch (Throwable e) {
            throw broken("close", e);
        }
    }

    static Answer poll(MemorySegment fds, long count, int millis) {
        try (var arena = Arena.ofConfined()) {
            var state = state(arena);
            return answer((int) Poll.HANDLE.invokeExact(state, fds, count, millis), state);
        } catch (Throwable e) {
            throw broken("poll", e);
        }
    }

    static Answer eventfd(int initial, int flags) {
        try (var arena = Arena.ofConfined()) {
            var state = state(arena);
            return answer((int) Eventfd.HANDLE.invokeExact(state, initial, flags), state);
        } catch (Throwable e) {
            throw broken("eventfd", e);
        }
    }

    /// `pidfd_open(2)`, which glibc 2.36 has no wrapper for on every distribution.
    static Answer pidfdOpen(int pid) {
        long number = 434; // the same on every architecture
        try (var arena = Arena.ofConfined()) {
            var state = state(arena);
            return answer((long) Syscall.HANDLE.invokeExact(state, number, pid, 0), state);
        } catch (Throwable e) {
            throw broken("pidfd_open", e);
        }
    }

    static Answer waitpid(int pid, MemorySegment status, int options) {
        try (var arena = Arena.ofConfined()) {
            var state = state(arena);
            return answer((int) Waitpid.HANDLE.invokeExact(state, pid, status, options), state);
        } catch (Throwable e) {
            throw broken("waitpid", e);
        }
    }

    static int effectiveUser() {
        try {
            return (int) Geteuid.HANDLE.invokeExact();
        } catch (Throwable e) {
            throw broken("geteuid", e);
        }
    }

    static String version() {
        try {
            var text = (MemorySegment) LibcVersion.HANDLE.invokeExact();
            return text.reinterpret(64).getString(0);
        } catch (Throwable e) {
            throw broken("gnu_get_libc_version", e);
        }
    }

    static void exitNow(int code) {
        try {
            Exit.HANDLE.invokeExact(code);
        } catch (Throwable e) {
            throw broken("_exit", e);
        }
    }

    // One holder per function: the JVM links it at its first use and knows the handle as a
    // constant.

    private static final class Strerror {
        static final MethodHandle HANDLE =
                linkPlain(
                        "strerror_r", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG));
    }

    private static final class Kill {
        static final MethodHandle HANDLE =
                link("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), -1);
    }

    private static final class Mkfifo {
        static final MethodHandle HANDLE =
                link("mkfifo", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), -1);
    }

    private static final class Open {
        static final MethodHandle HANDLE =
                link("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), 2);
    }

    private static final class Read {
        static final MethodHandle HANDLE =
                link("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), -1);
    }

    private static final class Write {
        static final MethodHandle HANDLE =
                link("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), -1);
    }

    private static final class Close {
        static final MethodHandle HANDLE =
                link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), -1);
    }

    private static final class Poll {
        static final MethodHandle HANDLE =
                link("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT), -1);
    }

    private static final class Eventfd {
        static final MethodHandle HANDLE =
                link("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), -1);
    }

    private static final class Syscall {
        static final MethodHandle HANDLE =
                link("syscall", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT), 1);
    }

    private static final class Waitpid {
        static final MethodHandle HANDLE =
                link("waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), -1);
    }

    private static final class Geteuid {
        static final MethodHandle HANDLE = linkPlain("geteuid", FunctionDescriptor.of(JAVA_INT));
    }

    private static final class LibcVersion {
        static final MethodHandle HANDLE =
                linkPlain("gnu_get_libc_version", FunctionDescriptor.of(ADDRESS));
    }

    private static final class Exit {
        static final MethodHandle HANDLE = linkPlain("_exit", FunctionDescriptor.ofVoid(JAVA_INT));
    }
}
