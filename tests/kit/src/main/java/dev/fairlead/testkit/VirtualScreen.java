package dev.fairlead.testkit;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A terminal small enough to read: it understands what the live table sends, and nothing else.
public final class VirtualScreen extends OutputStream {
    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final int columns;
    private final boolean wraps;
    private int row;

    /// One that takes no line that is too wide.
    public VirtualScreen(int columns) {
        this(columns, false);
    }

    /// @param wraps whether lines that are too wide go on in the next one, as in a real terminal
    public VirtualScreen(int columns, boolean wraps) {
        this.columns = columns;
        this.wraps = wraps;
    }

    public PrintStream stream() {
        return new PrintStream(this, false, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int octet) {
        pending.write(octet);
    }

    /// What a person sees now, without trailing empty lines.
    public String text() {
        feed(pending.toString(StandardCharsets.UTF_8));
        pending.reset();
        return String.join("\n", lines).stripTrailing();
    }

    private void feed(String sent) {
        int i = 0;
        while (i < sent.length()) {
            char c = sent.charAt(i);
            if (c == '\u001b') {
                int end = i + 2;
                while (!Character.isLetter(sent.charAt(end))) {
                    end++;
                }
                escape(sent.substring(i + 2, end), sent.charAt(end));
                i = end + 1;
            } else {
                if (c == '\n') {
                    down();
                } else if (c != '\r') {
                    if (line().length() == columns) {
                        full();
                    }
                    line().append(c);
                }
                i++;
            }
        }
    }

    private void full() {
        if (!wraps) {
            throw new AssertionError("wider than the terminal: " + line());
        }
        down();
    }

    private void escape(String number, char command) {
        switch (command) {
            case 'A' -> row = Math.max(0, row - Integer.parseInt(number));
            case 'K' -> line().setLength(0);
            case 'J' -> lines.subList(row, lines.size()).replaceAll(_ -> new StringBuilder());
            case 'h', 'l', 'm' -> {}
            default -> throw new AssertionError("not understood: ESC[" + number + command);
        }
    }

    private StringBuilder line() {
        return lines.get(row);
    }

    private void down() {
        row++;
        if (row == lines.size()) {
            lines.add(new StringBuilder());
        }
    }
}
