package dev.fairlead.template.execute;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.template.TemplateCode;
import dev.fairlead.template.format.GoPrinter;
import dev.fairlead.template.format.GoQuote;
import dev.fairlead.template.format.TextWriter;
import dev.fairlead.template.parse.Node;
import dev.fairlead.template.parse.SourceText;
import dev.fairlead.template.parse.Tree;
import dev.fairlead.template.value.NoValue;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one rendering knows at a moment: where it is, its variables, what is left of its limits.
final class State {
    private static final int TEXT_PER_STEP = 16;
    private static final int MOST_LINE_TABLES = 1_000;
    private static final int STEPS_PER_LOOK_AT_THE_CLOCK = 1024;

    final Program program;
    final Variables variables = new Variables();
    private final long ends;
    private long stepsLeft;
    private int clockIn = STEPS_PER_LOOK_AT_THE_CLOCK;
    private @Nullable IdentityHashMap<Object, Lines> lineTables;

    Tree tree;
    Node at;
    Output output;
    @Nullable Frame frame;
    int depth;

    /// Whether dot is an element of a list or map as it stands there: Go's messages call its type `interface {}`.
    boolean dotIsElement;

    State(Program program) {
        this.program = program;
        this.tree = program.main();
        this.at = tree.root();
        this.output = new Output(program.limits().output(), tree, null);
        this.stepsLeft = program.limits().steps();
        this.ends = System.nanoTime() + program.limits().deadline().toNanos();
    }

    void step() {
        stepsLeft--;
        if (stepsLeft < 0 || --clockIn < 0) {
            checkLimits();
        }
    }

    void charge(long steps) {
        stepsLeft -= steps;
        clockIn -= (int) Math.min(steps, STEPS_PER_LOOK_AT_THE_CLOCK);
        if (stepsLeft < 0 || clockIn < 0) {
            checkLimits();
        }
    }

    void chargeText(int length) {
        if (length >= TEXT_PER_STEP) {
            charge(length / TEXT_PER_STEP);
        }
    }

    private void checkLimits() {
        if (stepsLeft < 0) {
            throw failure(
                    TemplateCode.TEMPLATE_LIMIT_STEPS,
                    "exceeded maximum number of steps (" + program.limits().steps() + ")");
        }
        clockIn = STEPS_PER_LOOK_AT_THE_CLOCK;
        if (System.nanoTime() - ends > 0) {
            throw failure(
                    TemplateCode.TEMPLATE_LIMIT_TIME,
                    "exceeded maximum time (" + printed(program.limits().deadline()) + ")");
        }
    }

    TextWriter newText() {
        return new TextWriter(program.limits().output());
    }

    /// Remembers where the lines of a text came from, for as long as that very object is used.
    void keepLines(Object text, Lines lines) {
        if (lineTables == null) {
            lineTables = new IdentityHashMap<>();
        } else if (lineTables.size() >= MOST_LINE_TABLES) {
            // Texts are mostly printed soon after they are made; the old ones are not worth their
            // room.
            lineTables.clear();
        }
        lineTables.put(text, lines);
    }

    @Nullable Lines linesOf(Object text) {
        return lineTables == null ? null : lineTables.get(text);
    }

    /// A value under `%v`, its secret parts masked: for messages.
    static String printed(@Nullable Object value) {
        var text = new TextWriter(10_000);
        try {
            new GoPrinter(text).value(value == NoValue.NO_VALUE ? null : value);
        } catch (TextWriter.Full full) {
            return text.marked().toString().substring(0, 1_000) + "...";
        }
        return text.marked().toString();
    }

    ProblemException failure(String message) {
        return failure(TemplateCode.TEMPLATE_EXECUTION, message);
    }

    ProblemException failure(TemplateCode code, String message) {
        return failure(code, message, Optional.empty());
    }

    ProblemException failure(TemplateCode code, String message, Optional<String> hint) {
        return problem(code, tree, at, message).withHint(hint).thrown();
    }

    private Problem problem(TemplateCode code, Tree in, Node node, String message) {
        var what =
                "executing "
                        + GoQuote.quoted(in.name())
                        + " at <"
                        + SourceText.of(node)
                        + ">: "
                        + message;
        return Problem.error(code, in.source().at(node.position()), what)
                .withTrace(Frame.chain(frame));
    }

    ProblemException absent(AbsentKey absent) {
        var message = "map has no entry for key " + GoQuote.quoted(absent.key());
        var known = absent.known();
        var near = Nearest.hint(absent.key(), known);
        var hint = near.orElseGet(() -> "give it a default: default \"...\" " + absent.path());
        return problem(TemplateCode.TEMPLATE_ABSENT_VALUE, absent.tree(), absent.at(), message)
                .withHint(hint)
                .thrown();
    }
}
