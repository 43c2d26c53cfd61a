package dev.fairlead.deploy.workload;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.fairlead.deploy.object.ObjectCode;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.inventory.cluster.Workload;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// When a custom resource is ready: expressions of the Common Expression Language (cel.dev) over `object`, the resource as
/// the server has it, that are true then.
public final class ReadyRules {
    /// Carries the rule on the object.
    public static final String ANNOTATION = "fairlead.dev/ready";

    /// The API's own groups: how far their objects are is known.
    private static final Set<String> BUILT_IN =
            Set.of("apps", "autoscaling", "batch", "extensions", "policy");

    private static final String OBJECT = "object";

    private ReadyRules() {}

    /// The rule of an object.
    public static Optional<String> of(Map<String, ?> tree) {
        return tree.get("metadata") instanceof Map<?, ?> metadata
                        && metadata.get("annotations") instanceof Map<?, ?> annotations
                        && annotations.get(ANNOTATION) instanceof String rule
                ? Optional.of(rule)
                : Optional.empty();
    }

    /// What stands between an object and what a rule says; empty when it is ready.
    public static Optional<String> open(String rule, Map<String, ?> tree) {
        try {
            var program = Tools.RUNTIME.createProgram(parsed(rule));
            boolean ready = Boolean.TRUE.equals(program.eval(Map.of(OBJECT, Values.map(tree))));
            return ready ? Optional.empty() : Optional.of("not yet: " + rule);
        } catch (CelEvaluationException e) {
            // A status that nobody has written yet, most often.
            return Optional.of("not yet: " + rule + " (" + words(e) + ")");
        } catch (CelValidationException e) {
            return Optional.of("its rule cannot be used: " + issues(e));
        }
    }

    private static String words(CelEvaluationException problem) {
        var text = String.valueOf(problem.getMessage());
        return text.replaceFirst("^evaluation error( at [^:]*:\\d+)?: ", "");
    }

    /// Whether a rule of a unit is about this object.
    static boolean isFor(Map<String, ?> tree) {
        var version = String.valueOf(tree.get("apiVersion"));
        int end = version.indexOf('/');
        var group = end < 0 ? "" : version.substring(0, end);
        return !group.isEmpty() && !BUILT_IN.contains(group) && !isOfTheApi(group);
    }

    /// Two groups below k8s.io hold definitions that people install.
    private static boolean isOfTheApi(String group) {
        return group.endsWith(".k8s.io")
                && !group.startsWith("gateway.")
                && !group.startsWith("snapshot.")
                && !group.endsWith(".x-k8s.io");
    }

    static void check(Workload workload, List<? extends Map<String, ?>> trees, Problems problems) {
        workload.readyRule()
                .ifPresent(rule -> {
                    fault(rule.cel())
                            .or(() ->
                                    trees.stream().noneMatch(ReadyRules::isFor)
                                            ? Optional.of(
                                                    "the unit has no custom resource that it is for")
                                            : Optional.empty())
                            .ifPresent(what ->
                                    problems.add(
                                            Problem.error(
                                                    ObjectCode.READY_RULE_WRONG,
                                                    rule.place(),
                                                    "ready.cel: " + what)));
                });
    }

    private static Optional<String> fault(String rule) {
        try {
            var _ = parsed(rule);
            return Optional.empty();
        } catch (CelValidationException e) {
            return Optional.of(issues(e));
        }
    }

    private static CelAbstractSyntaxTree parsed(String rule) throws CelValidationException {
        return Tools.COMPILER.compile(rule).getAst();
    }

    private static String issues(CelValidationException problem) {
        return problem.getErrors().stream()
                .map(ReadyRules::words)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String words(CelIssue issue) {
        return "column "
                + (issue.getSourceLocation().getColumn() + 1)
                + ": "
                + issue.getMessage().lines().findFirst().orElse("");
    }

    /// Made when the first rule is met.
    private static final class Tools {
        static final CelCompiler COMPILER =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .addVar(OBJECT, MapType.create(SimpleType.STRING, SimpleType.DYN))
                        .setResultType(SimpleType.BOOL)
                        .build();
        static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder().build();

        private Tools() {}
    }

    /// Trees in CEL's types: whole numbers are 64 bits wide, others are doubles; a null is absent.
    private static final class Values {
        private Values() {}

        static Map<String, Object> map(Map<?, ?> tree) {
            var map = new LinkedHashMap<String, Object>();
            tree.forEach((key, value) -> {
                if (value != null) {
                    map.put(String.valueOf(key), value(value));
                }
            });
            return map;
        }

        private static Object value(Object value) {
            return switch (value) {
                case Map<?, ?> map -> map(map);
                case List<?> list ->
                        list.stream().filter(one -> one != null).map(Values::value).toList();
                case Integer number -> number.longValue();
                case BigInteger number -> number.longValue();
                case BigDecimal number -> decimal(number);
                case Float number -> number.doubleValue();
                default -> value;
            };
        }

        private static Object decimal(BigDecimal number) {
            return number.stripTrailingZeros().scale() <= 0
                    ? (Object) number.longValue()
                    : (Object) number.doubleValue();
        }
    }
}
