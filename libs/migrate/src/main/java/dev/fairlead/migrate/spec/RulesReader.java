package dev.fairlead.migrate.spec;

import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Severity;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.tree.YamlReader;
import dev.fairlead.document.typed.Checker;
import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import dev.fairlead.migrate.model.ApprovalRule;
import dev.fairlead.migrate.model.Meta;
import java.util.List;
import java.util.Locale;

/// Reads `approvals.yaml`: which migrations of a folder somebody must approve, and who.
public final class RulesReader {
    /// The name of the file, beside the migrations.
    public static final String FILE = "approvals.yaml";

    private static final Key TAG = Key.of("tag", Shape.TEMPLATE, "Migrations with this tag.");
    private static final Key OWNER =
            Key.of("owner", Shape.TEMPLATE, "Migrations that this owner answers for.");
    private static final Key LINT =
            Key.of(
                    "lint",
                    Shape.words("note", "warning", "error"),
                    "Migrations in which lint finds something of this severity or a higher one.");
    private static final Key BY =
            Key.of("by", Shape.listOf(Shape.TEMPLATE), "Who may approve; anybody when not given.");
    private static final Key RULES =
            Key.of(
                            "rules",
                            Shape.listOf(
                                    Shape.Struct.of(
                                            "rule",
                                            "Which migrations; every condition that is given must hold.",
                                            List.of(TAG, OWNER, SpecKeys.STABILITY, LINT, BY))),
                            "Who must approve what.")
                    .mandatory()
                    .like("[ { tag: pii, by: [ ada ] } ]");
    private static final Shape.Struct FRAME =
            Shape.Struct.of(FILE, "Who must approve which migrations.", List.of(RULES));

    private RulesReader() {}

    /// The rules that could be read; what is wrong is in `problems` then.
    public static List<ApprovalRule> read(Source source, Problems problems) {
        var checker =
                new Checker(
                        problems,
                        _ -> {
                            // nothing is evaluated
                        });
        var root = YamlReader.read(source, problems);
        root.ifPresent(node -> {
            checker.check(FILE, node, FRAME);
            checker.required(FILE, node, FRAME);
        });
        return root.filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast)
                .map(RulesReader::rules)
                .orElse(List.of());
    }

    private static List<ApprovalRule> rules(Node.Mapping root) {
        return RULES.items(root).stream()
                .filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast)
                .map(rule ->
                        new ApprovalRule(
                                rule.place(),
                                TAG.text(rule),
                                OWNER.text(rule),
                                SpecKeys.STABILITY
                                        .text(rule)
                                        .flatMap(word -> word(Meta.Stability.class, word)),
                                LINT.text(rule).flatMap(word -> word(Severity.class, word)),
                                BY.texts(rule)))
                .toList();
    }

    /// Empty for a word that the checker has reported.
    private static <E extends Enum<E>> java.util.Optional<E> word(Class<E> of, String word) {
        return java.util.Arrays.stream(of.getEnumConstants())
                .filter(one -> one.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
