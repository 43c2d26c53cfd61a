package dev.fairlead.cli.live;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Console.Screen;
import dev.fairlead.cli.console.Paint;
import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.plan.Plan;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The table of an execution, redrawn in place on a terminal until it is closed; then it stands there whole.
public final class LiveTable implements Display {
    private static final Duration BETWEEN_FRAMES = Duration.ofMillis(100);
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream terminal;
    private final Paint paint;
    private final Screen screen;
    private final Clock clock;
    private final boolean removal;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Progress progress;
    private List<String> drawn = List.of();

    /// @param removal whether units are taken down, so that what begins is their end
    public LiveTable(
            PrintStream terminal, Paint paint, Screen screen, Clock clock, boolean removal) {
        this.terminal = terminal;
        this.paint = paint;
        this.screen = screen;
        this.clock = clock;
        this.removal = removal;
    }

    @Override
    public synchronized void planned(Plan plan) {
        begin(new Progress(plan, clock.instant()));
    }

    /// Without a plan the table begins with the first event.
    @Override
    public synchronized void event(Event event) {
        var known = progress;
        if (known == null) {
            known = new Progress(removal, clock.instant());
            known.add(event);
            begin(known);
        } else {
            known.add(event);
        }
    }

    private void begin(Progress first) {
        progress = first;
        terminal.print(HIDE_CURSOR);
        redraw();
        Thread.ofVirtual().name("live-table").start(this::keepDrawing);
    }

    private void keepDrawing() {
        try {
            while (!closed.await(BETWEEN_FRAMES.toMillis(), TimeUnit.MILLISECONDS)) {
                redraw();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Draws the present state over what was drawn before.
    synchronized void redraw() {
        if (progress == null || closed.getCount() == 0) {
            return;
        }
        var size = screen.size();
        var lines = new TableText(progress, paint).fitting(clock.instant(), size);
        if (!lines.equals(drawn)) {
            replace(lines, size.columns());
        }
    }

    @Override
    public synchronized void close() {
        if (closed.getCount() == 0) {
            return;
        }
        closed.countDown();
        if (progress != null) {
            int columns = screen.size().columns();
            replace(new TableText(progress, paint).whole(clock.instant(), columns), columns);
            terminal.print(SHOW_CURSOR);
            terminal.flush();
        }
    }

    private void replace(List<String> lines, int columns) {
        var frame = new StringBuilder();
        int up = heightOf(drawn, columns);
        if (up > 0) {
            frame.append("\u001b[").append(up).append('A');
        }
        for (var line : lines) {
            frame.append(CLEAR_LINE).append(line).append('\n');
        }
        frame.append(CLEAR_BELOW);
        terminal.print(frame);
        terminal.flush();
        drawn = lines;
    }

    /// In a terminal that became narrower since, the lines drawn before have been wrapped.
    private static int heightOf(List<String> lines, int columns) {
        return lines.stream()
                .mapToInt(
                        line -> Math.max(1, Math.ceilDiv(Columns.of(Columns.clean(line)), columns)))
                .sum();
    }
}
