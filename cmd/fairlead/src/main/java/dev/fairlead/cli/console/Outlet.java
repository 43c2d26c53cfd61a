package dev.fairlead.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Optional;

/// A stream of this process that remembers why it could not be written: a `PrintStream` only knows that it could not.
public final class Outlet extends FileOutputStream {
    private volatile Optional<String> loss = Optional.empty();

    private Outlet(FileDescriptor descriptor) {
        super(descriptor);
    }

    /// Standard output.
    public static Outlet results() {
        return new Outlet(FileDescriptor.out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            super.write(bytes, offset, length);
        } catch (IOException e) {
            loss = Optional.of(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /// Why something that was printed is lost. A reader that went away wanted no more: that is no loss.
    public Optional<String> loss() {
        return loss.filter(reason -> !reason.equals("Broken pipe"));
    }
}
