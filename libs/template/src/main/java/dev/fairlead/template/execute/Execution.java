package dev.fairlead.template.execute;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.template.Rendered;
import dev.fairlead.template.TemplateCode;
import dev.fairlead.template.format.GoQuote;
import dev.fairlead.template.format.TextWriter;
import dev.fairlead.template.parse.Node;
import dev.fairlead.template.parse.Tree;
import dev.fairlead.template.value.Absent;
import dev.fairlead.template.value.Basic;
import dev.fairlead.template.value.NoValue;
import dev.fairlead.template.value.TypedList;
import dev.fairlead.template.value.TypedMap;
import dev.fairlead.template.value.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One rendering of one template. Not safe for several threads; the trees that it reads are.
public final class Execution {
    /// What a statement says about those behind it.
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final State state;
    private final Evaluator evaluator;

    private Execution(Program program) {
        this.state = new State(program);
        this.evaluator = new Evaluator(state, this);
    }

    /// Renders the program's template.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException when it cannot be evaluated, or a limit is reached
    public static Rendered run(Program program, @Nullable Object data) {
        var execution = new Execution(program);
        execution.main(data == null ? NoValue.NO_VALUE : data);
        var output = execution.state.output;
        return new Rendered(output.writer().marked(), output.lines().map());
    }

    private void main(Object data) {
        try {
            state.variables.enter(data);
            sequence(data, state.tree.root());
        } catch (TextWriter.Full full) {
            throw state.failure(
                    TemplateCode.TEMPLATE_LIMIT_OUTPUT,
                    "exceeded maximum output (" + state.program.limits().output() + " characters)");
        } catch (StackOverflowError deep) {
            throw state.failure(
                    TemplateCode.TEMPLATE_LIMIT_DEPTH, "values or expressions nest too deeply");
        }
    }

    private Flow sequence(@Nullable Object dot, Node.Sequence sequence) {
        var statements = sequence.statements();
        for (int i = 0; i < statements.size(); i++) {
            var flow = statement(dot, statements.get(i));
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow statement(@Nullable Object dot, Node.Statement statement) {
        state.step();
        switch (statement) {
            case Node.Text text -> state.output.text(text, state.tree, state.frame);
            case Node.Action action -> action(dot, action);
            case Node.Branch branch -> {
                return branch(dot, branch);
            }
            case Node.Range range -> {
                return range(dot, range);
            }
            case Node.Invoke invoke -> invoke(dot, invoke);
            case Node.Break _ -> {
                return Flow.BREAK;
            }
            case Node.Continue _ -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private void action(@Nullable Object dot, Node.Action action) {
        state.at = action;
        var value = evaluator.pipe(dot, action.pipe());
        if (action.pipe().declared().isEmpty()) {
            state.at = action;
            print(value, action);
        }
    }

    private void print(Object value, Node.Action action) {
        if (value instanceof String text) {
            state.output.value(text, action, state, state.linesOf(text));
        } else if (value == NoValue.NO_VALUE) {
            state.output.value("<no value>", action, state, null);
        } else if (value instanceof Absent) {
            throw evaluator.absent(value);
        } else if (value instanceof dev.fairlead.template.TemplateFunction
                || !Values.isKnown(value)) {
            throw state.failure(
                    "can't print "
                            + dev.fairlead.template.parse.SourceText.of(action)
                            + " of type "
                            + Values.typeName(value));
        } else {
            state.output.value(value, action, state, state.linesOf(value));
        }
    }

    private Flow branch(@Nullable Object dot, Node.Branch branch) {
        state.at = branch;
        int mark = state.variables.mark();
        var value = evaluator.pipe(dot, branch.pipe());
        var flow = Flow.ON;
        if (Values.truth(value)) {
            flow = branch.setsDot() ? within(value, branch.list()) : sequence(dot, branch.list());
        } else if (branch.otherwise() != null) {
            flow = sequence(dot, branch.otherwise());
        }
        state.variables.pop(mark);
        return flow;
    }

    private Flow within(@Nullable Object dot, Node.Sequence list) {
        boolean outer = state.dotIsElement;
        state.dotIsElement = false;
        var flow = sequence(dot, list);
        state.dotIsElement = outer;
        return flow;
    }

    private Flow range(@Nullable Object dot, Node.Range range) {
        state.at = range;
        int mark = state.variables.mark();
        boolean outer = state.dotIsElement;
        var over = evaluator.pipe(dot, range.pipe());
        if (over instanceof Absent) {
            throw evaluator.absent(over);
        }
        boolean any =
                switch (over) {
                    case List<?> list -> list(list, range);
                    case Map<?, ?> map -> map(map, range);
                    case NoValue _ -> false;
                    default -> number(over, range);
                };
        state.dotIsElement = outer;
        var flow = any || range.otherwise() == null ? Flow.ON : sequence(dot, range.otherwise());
        state.variables.pop(mark);
        return flow;
    }

    private boolean list(List<?> list, Node.Range range) {
        state.dotIsElement = !(list instanceof TypedList);
        int size = list.size();
        for (int i = 0; i < size; i++) {
            if (!iteration((long) i, list.get(i), range)) {
                break;
            }
        }
        return size > 0;
    }

    private boolean map(Map<?, ?> map, Node.Range range) {
        boolean element = !(map instanceof TypedMap);
        var keys = Values.sortedKeys(map);
        state.charge(keys.size());
        for (var key : keys) {
            state.dotIsElement = element;
            if (!iteration(key, map.get(key), range)) {
                break;
            }
        }
        return !keys.isEmpty();
    }

    private boolean number(Object over, Node.Range range) {
        if (Basic.of(over) != Basic.INT && Basic.of(over) != Basic.UINT) {
            throw state.failure("range can't iterate over " + State.printed(over));
        }
        if (range.pipe().declared().size() > 1) {
            throw state.failure(
                    "can't use " + State.printed(over) + " to iterate over more than one variable");
        }
        long end = Values.integer(over);
        state.dotIsElement = false;
        for (long i = 0; i < end; i++) {
            if (!iteration(NoValue.NO_VALUE, i, range)) {
                break;
            }
        }
        return end > 0;
    }

    /// One turn of a loop; false when it was the last by `break`.
    private boolean iteration(Object index, @Nullable Object element, Node.Range range) {
        state.step();
        var variables = state.variables;
        boolean isElement = state.dotIsElement;
        int mark = variables.mark();
        var declared = range.pipe().declared();
        int count = declared.size();
        if (count > 0) {
            if (range.pipe().assigns()) {
                evaluator.assign(
                        declared.get(0).name(),
                        count > 1 ? index : element,
                        count == 1 && isElement);
                if (count > 1) {
                    evaluator.assign(declared.get(1).name(), element, isElement);
                }
            } else {
                variables.setTop(1, element, isElement);
                if (count > 1) {
                    variables.setTop(2, index, false);
                }
            }
        }
        var flow = sequence(element, range.list());
        variables.pop(mark);
        return flow != Flow.BREAK;
    }

    private void invoke(@Nullable Object dot, Node.Invoke invoke) {
        state.at = invoke;
        var tree = state.program.find(invoke.name());
        if (tree.isEmpty()) {
            throw state.failure(
                    TemplateCode.TEMPLATE_MISSING,
                    "template " + GoQuote.quoted(invoke.name()) + " not defined");
        }
        checkDepth();
        var pipe = invoke.pipe();
        Object data = pipe == null ? NoValue.NO_VALUE : evaluator.pipe(dot, pipe);
        if (data instanceof Absent) {
            throw evaluator.absent(data);
        }
        run(tree.get(), data, invoke);
    }

    private void checkDepth() {
        int most = state.program.limits().callDepth();
        if (state.depth >= most) {
            throw state.failure(
                    TemplateCode.TEMPLATE_LIMIT_DEPTH,
                    "exceeded maximum template depth (" + most + ")");
        }
    }

    private void run(Tree tree, Object data, Node call) {
        var caller = state.tree;
        var frame = state.frame;
        boolean element = state.dotIsElement;
        state.frame = new Frame(frame, caller, call);
        state.tree = tree;
        state.dotIsElement = false;
        state.depth++;
        int outer = state.variables.enter(data);
        FreshStack.whereDeep(state.depth, () -> sequence(data, tree.root()));
        state.variables.leave(outer);
        state.depth--;
        state.dotIsElement = element;
        state.tree = caller;
        state.frame = frame;
        state.at = call;
    }

    /// Renders a template into a text of its own.
    Object include(FunctionCall call, String name, @Nullable Object data, Node shown) {
        state.at = shown;
        var tree = state.program.find(name).orElse(null);
        if (tree == null) {
            var names = state.program.names();
            throw state.failure(
                    TemplateCode.TEMPLATE_MISSING,
                    "error calling "
                            + call.name()
                            + ": template: no template "
                            + GoQuote.quoted(call.masked(name))
                            + " associated with template "
                            + GoQuote.quoted(state.program.main().name()),
                    Nearest.hint(name, names));
        }
        checkDepth();
        var outer = state.output;
        var inner =
                new Output(
                        state.program.limits().output(),
                        tree,
                        new Frame(state.frame, state.tree, shown));
        state.output = inner;
        run(tree, data == null ? NoValue.NO_VALUE : data, shown);
        state.output = outer;
        var text = inner.writer().value();
        if (!"".equals(text)) {
            state.keepLines(text, inner.lines());
        }
        return text;
    }
}
