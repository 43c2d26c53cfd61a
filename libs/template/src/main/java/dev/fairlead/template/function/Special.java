package dev.fairlead.template.function;

import dev.fairlead.template.Call;
import dev.fairlead.template.TemplateFunction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Predeclared functions that the evaluator itself carries out, because they see words and not only values.
public enum Special implements TemplateFunction {
    AND(Kind.TESTED),
    OR(Kind.TESTED),
    CALL(Kind.RAW);

    private final Kind kind;

    Special(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Parameters parameters() {
        return new Parameters(List.of(kind), Optional.of(kind));
    }

    @Override
    public @Nullable Object call(Call call) {
        throw new IllegalStateException(call.name() + " is carried out by the evaluator");
    }
}
