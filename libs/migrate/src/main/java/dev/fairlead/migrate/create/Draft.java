package dev.fairlead.migrate.create;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The draft of a migration: a file with a template to fill in. What can be inferred is not asked: the number goes on
/// from those that the folder has, in their way (a sequence or timestamps in UTC); a spec's name takes the first segments
/// of the last one there.
public final class Draft {
    /// The two sorts of file.
    public enum Type {
        GOOSE,
        SPEC
    }

    private static final Pattern NUMBERED = Pattern.compile("([0-9]{1,18})_.*\\.(sql|go)");
    private static final Pattern SPEC_FILE =
            Pattern.compile("(.+)\\.([^.]+)\\.migration\\.(yaml|yml|json)");
    private static final Pattern DATED = Pattern.compile("[0-9]{4}_[0-9]{2}.*");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu_MM_dd", Locale.ROOT);
    private static final long FIRST_STAMP = 1970_01_01_00_00_00L;
    private static final int STAMP_DIGITS = 14;

    private final Path folder;
    private final Clock clock;

    /// @param folder is made when it is not there
    public Draft(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /// Writes the file.
    ///
    /// @param name what the migration does, in words or joined by `_`; of a spec, with the segments before it or without
    /// @param unit whose migrations the folder has; the first segment of the first spec's name
    /// @return the file, in the folder
    /// @throws ProblemException when the name is none or the file is there
    public Path create(Type type, String name, String unit) {
        var names = names();
        return switch (type) {
            case GOOSE -> {
                var slug = slug(name);
                yield write(number(names) + "_" + slug + ".sql", Templates.goose());
            }
            case SPEC -> {
                var key = key(name, unit, names);
                yield write(
                        key + ".migration.yaml",
                        Templates.spec(key, slug(last(name)).replace('_', ' ')));
            }
        };
    }

    private List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw failed(folder.toString(), e);
        }
    }

    /// The number of the next goose file.
    private String number(List<String> names) {
        var sequence = new TreeMap<Long, Integer>();
        long highestStamp = 0;
        for (var name : names) {
            var match = NUMBERED.matcher(name);
            if (match.matches()) {
                var digits = match.group(1);
                long number = Long.parseLong(digits);
                if (isStamp(digits)) {
                    highestStamp = Math.max(highestStamp, number);
                } else {
                    sequence.put(number, digits.length());
                }
            }
        }
        if (highestStamp == 0 && !sequence.isEmpty()) {
            var last = sequence.lastEntry();
            var next = Long.toString(last.getKey() + 1);
            return "0".repeat(Math.max(0, last.getValue() - next.length())) + next;
        }
        var now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (highestStamp > 0) {
            var after = LocalDateTime.parse(Long.toString(highestStamp), STAMP).plusSeconds(1);
            now = now.isBefore(after) ? after : now;
        }
        return STAMP.format(now);
    }

    private static boolean isStamp(String digits) {
        if (digits.length() != STAMP_DIGITS || Long.parseLong(digits) <= FIRST_STAMP) {
            return false;
        }
        try {
            LocalDateTime.parse(digits, STAMP);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /// The name of the next spec.
    private String key(String name, String unit, List<String> names) {
        int dot = name.lastIndexOf('.');
        var prefix =
                dot < 0 ? lastPrefix(names).orElse(slug(unit) + ".db") : name.substring(0, dot);
        if (!prefix.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")) {
            throw noName(name);
        }
        var slug = slug(last(name));
        return prefix
                + "."
                + (DATED.matcher(slug).matches()
                        ? slug
                        : DAY.format(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                                + "_"
                                + slug);
    }

    private static Optional<String> lastPrefix(List<String> names) {
        return names.stream()
                .map(SPEC_FILE::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(match -> match.group(1))
                .reduce((_, later) -> later);
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /// Letters and digits in lower case, whatever stands between them as one `_`.
    private static String slug(String name) {
        var slug =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
        if (slug.isEmpty()) {
            throw noName(name);
        }
        return slug;
    }

    private static ProblemException noName(String name) {
        return Problem.error(
                        CreateCode.CREATE_NAME,
                        "\"" + name + "\" does not say what the migration does")
                .thrown();
    }

    private Path write(String name, String text) {
        var file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
            return file;
        } catch (FileAlreadyExistsException e) {
            throw Problem.error(CreateCode.CREATE_EXISTS, "there is a file " + name + " already")
                    .thrown();
        } catch (IOException e) {
            throw failed(name, e);
        }
    }

    private static ProblemException failed(String name, IOException e) {
        return new ProblemException(
                List.of(
                        Problem.error(
                                CreateCode.CREATE_FAILED,
                                name + " cannot be written: " + e.getMessage())),
                e);
    }
}
