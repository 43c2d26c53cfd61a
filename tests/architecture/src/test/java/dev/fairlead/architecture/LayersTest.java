package dev.fairlead.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.fairlead.testkit.Covers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Who may import whom.
class LayersTest {
    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location ->
                            !location.contains("/tests/kit/")
                                    && !location.contains("fairlead-tests-kit"))
                    .importPackages("dev.fairlead");

    /// What each room may use of the house; itself always.
    private static final Map<String, List<String>> ROOMS =
            Map.of(
                    "diagnostic", List.of(),
                    "document", List.of("diagnostic"),
                    "template", List.of("diagnostic"),
                    "inventory", List.of("diagnostic", "document", "template"),
                    "deploy", List.of("diagnostic", "document", "template", "inventory"),
                    "migrate", List.of("diagnostic", "document"),
                    "target", List.of("diagnostic", "document", "inventory", "deploy"),
                    "image", List.of("diagnostic", "document", "inventory", "deploy"),
                    "engine",
                            List.of(
                                    "diagnostic",
                                    "document",
                                    "template",
                                    "inventory",
                                    "deploy",
                                    "migrate",
                                    "target",
                                    "image"),
                    "cli",
                            List.of(
                                    "diagnostic",
                                    "document",
                                    "template",
                                    "inventory",
                                    "deploy",
                                    "migrate",
                                    "target",
                                    "image",
                                    "engine"));

    @Test
    @Covers("DEP-03")
    void everyRoomUsesOnlyWhatStandsBelowIt() {
        for (var room : ROOMS.entrySet()) {
            var allowed = new TreeSet<>(room.getValue());
            allowed.add(room.getKey());
            var forbidden =
                    ROOMS.keySet().stream()
                            .filter(other -> !allowed.contains(other))
                            .map(LayersTest::packages)
                            .toArray(String[]::new);
            if (forbidden.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(packages(room.getKey()))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(forbidden)
                        .because(
                                room.getKey()
                                        + " stands on "
                                        + room.getValue()
                                        + " alone (docs/architecture.md)")
                        .allowEmptyShould(true)
                        .check(HOUSE);
            }
        }
    }

    @Test
    void everyClassLivesInARoom() {
        var homeless =
                HOUSE.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name ->
                                ROOMS.keySet().stream()
                                        .noneMatch(room ->
                                                (name + ".")
                                                        .startsWith("dev.fairlead." + room + ".")))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(homeless).as("packages that no room of LayersTest names").isEmpty();
    }

    @Test
    void onlyTheOwnersOfADatabaseKnowJdbcAndOnlyOneTargetKnowsKubernetes() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packages("migrate"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "com.zaxxer..")
                .because("JDBC belongs to control-plane and migrate")
                .check(HOUSE);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.fairlead.target.kubernetes..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "io.kubernetes..")
                .because("only target-kubernetes sees a Kubernetes client")
                .check(HOUSE);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.fairlead.image.build..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.cloud..")
                .because("only images sees the library that builds them, and only where it builds")
                .check(HOUSE);
    }

    @Test
    @Covers("DEP-05")
    void whatDecidesTouchesNothing() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.fairlead.deploy.plan..",
                        "dev.fairlead.deploy.explain..",
                        "dev.fairlead.inventory.graph..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..", "java.nio.file..", "java.net..", "java.util.concurrent..")
                .because("a plan is a pure function of desired state and snapshot")
                .allowEmptyShould(true)
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAnyPackage("dev.fairlead.template..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io.File..", "java.nio.file..", "java.net..", "java.lang.reflect..")
                .because("a template reads no file, opens no socket and reflects on nothing")
                .check(HOUSE);
    }

    @Test
    void timeAndEnvironmentComeInThroughTheDoor() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Main")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .because(
                        "same input, same bytes: a clock and the environment are parameters, read in a Main")
                .check(HOUSE);
    }

    @Test
    void aModuleSleepsInOnePlaceAtMost() {
        Map<String, TreeSet<String>> sleepers = new TreeMap<>();
        for (var type : HOUSE) {
            for (var call : type.getMethodCallsFromSelf()) {
                if (call.getTargetOwner().isEquivalentTo(Thread.class)
                        && call.getName().equals("sleep")) {
                    sleepers.computeIfAbsent(room(type), _ -> new TreeSet<>()).add(type.getName());
                }
            }
        }
        assertThat(sleepers.values())
                .as("classes that call Thread.sleep, by room")
                .allMatch(types -> types.size() <= 1);
    }

    @Test
    void everyPackageIsNullMarkedAndHasFewPublicTypes() {
        Map<String, Integer> publicTypes = new TreeMap<>();
        for (var type : HOUSE) {
            if (type.getSimpleName().equals("package-info") || !type.isTopLevelClass()) {
                continue;
            }
            publicTypes.merge(
                    type.getPackageName(),
                    type.getModifiers()
                                    .contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC)
                            ? 1
                            : 0,
                    Integer::sum);
            assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
                    .as("%s has a package-info with @NullMarked", type.getPackageName())
                    .isTrue();
        }
        var crowded =
                publicTypes.entrySet().stream()
                        .filter(entry -> entry.getValue() > MOST_PUBLIC_TYPES)
                        .toList();
        assertThat(crowded)
                .as("packages with more than %d public types", MOST_PUBLIC_TYPES)
                .isEmpty();
    }

    private static final int MOST_PUBLIC_TYPES = 12;

    @Test
    void nobodyPrintsAStackTraceOrExitsButTheCommand() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.fairlead.cli..", "dev.fairlead.target.local.supervisor..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .because("a library answers; the process is its caller's")
                .check(HOUSE);
        noClasses()
                .should()
                .callMethod(Throwable.class, "printStackTrace")
                .because("a user gets a sentence, a defect gets a report")
                .check(HOUSE);
    }

    @Test
    void accessorsAreNamedForWhatTheyGive() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("dev.fairlead..")
                .and()
                .arePublic()
                .should()
                .haveNameNotMatching("get[A-Z].*")
                .orShould(beDemandedByOthers())
                .because("find may be absent, require throws, list is a snapshot; there is no get")
                .check(HOUSE);
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Common")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .because("such a name says nothing")
                .check(HOUSE);
    }

    /// Overrides a method of a type of the JDK or of a library, which has its own names.
    private static ArchCondition<JavaMethod> beDemandedByOthers() {
        return new ArchCondition<>("be demanded by a type of somebody else") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                var owner = method.getOwner();
                boolean demanded =
                        Stream.concat(
                                        owner.getAllRawSuperclasses().stream(),
                                        owner.getAllRawInterfaces().stream())
                                .filter(type -> !type.getPackageName().startsWith("dev.fairlead"))
                                .flatMap(type -> type.getMethods().stream())
                                .anyMatch(other -> other.getName().equals(method.getName()));
                events.add(new SimpleConditionEvent(method, demanded, method.getDescription()));
            }
        };
    }

    private static String packages(String room) {
        return "dev.fairlead." + room + "..";
    }

    private static String room(JavaClass type) {
        return type.getPackageName()
                .replaceFirst("^dev\\.fairlead\\.", "")
                .replaceFirst("\\..*", "");
    }
}
