package dev.fairlead.cli.console;

import dev.fairlead.cli.console.Console.Size;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Optional;

/// The functions of the C library that the JDK does not offer.
public final class Libc {
    private static final int STDERR = 2;
    private static final long TIOCGWINSZ = 0x5413;

    private Libc() {}

    /// Ends the process at once: no shutdown hooks, no waiting. Streams are flushed by the caller.
    ///
    /// A JVM that has a thread in native code (a reaper of child processes, a socket) waits 300 ms for it when it exits
    /// in the ordinary way; nothing is left to wait for here.
    public static void exit(int code) {
        try {
            function("_exit", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)).invokeExact(code);
        } catch (Throwable e) {
            throw new IllegalStateException("_exit is in every C library", e);
        }
    }

    /// The size of the terminal at standard error; empty when it is none or does not say.
    public static Optional<Size> screenSize() {
        try (var arena = Arena.ofConfined()) {
            var winsize = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            var ioctl =
                    function(
                            "ioctl",
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS),
                            Linker.Option.firstVariadicArg(2));
            int answer = (int) ioctl.invokeExact(STDERR, TIOCGWINSZ, winsize);
            int rows = Short.toUnsignedInt(winsize.getAtIndex(ValueLayout.JAVA_SHORT, 0));
            int columns = Short.toUnsignedInt(winsize.getAtIndex(ValueLayout.JAVA_SHORT, 1));
            return answer == 0 && rows > 0 && columns > 0
                    ? Optional.of(new Size(columns, rows))
                    : Optional.empty();
        } catch (Throwable e) {
            throw new IllegalStateException("ioctl is in every C library", e);
        }
    }

    /// Waits until something is wrong with a descriptor that is written to: its reader is gone, or it is not open.
    ///
    /// @return false when the time passed and nothing was
    static boolean brokenWithin(int descriptor, Duration atMost) {
        try (var arena = Arena.ofConfined()) {
            var asked = arena.allocate(ValueLayout.JAVA_INT, 2); // int fd; short events, revents
            asked.setAtIndex(ValueLayout.JAVA_INT, 0, descriptor);
            var poll =
                    function(
                            "poll",
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT));
            return (int) poll.invokeExact(asked, 1L, Math.toIntExact(atMost.toMillis())) > 0;
        } catch (Throwable e) {
            throw new IllegalStateException("poll is in every C library", e);
        }
    }

    @SuppressWarnings("restricted") // the launcher grants native access
    private static MethodHandle function(
            String name, FunctionDescriptor type, Linker.Option... options) {
        var linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup().find(name).orElseThrow();
        return linker.downcallHandle(address, type, options);
    }
}
