package dev.fairlead.target.local.slot;

import dev.fairlead.deploy.slot.SlotCode;
import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.state.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// The git worktrees of slots: `.fairlead/worktrees/ai-3`, of the repository that the state folder lies in.
final class Worktrees {
    private final Home home;
    private final Git git;

    Worktrees(Home home, Git git) {
        this.home = home;
        this.git = git;
    }

    Optional<Path> find(String key) {
        var folder = folder(key);
        return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
    }

    boolean any() {
        return Durable.list(home.worktrees()).stream().anyMatch(Files::isDirectory);
    }

    /// The key of the worktree that a path lies in.
    Optional<String> keyOf(Path path) {
        var all = real(home.worktrees());
        return path.startsWith(all) && path.getNameCount() > all.getNameCount()
                ? Optional.of(path.getName(all.getNameCount()).toString())
                : Optional.empty();
    }

    private Path folder(String key) {
        return home.worktrees().resolve(key);
    }

    private Path beside() {
        return Objects.requireNonNull(home.folder().getParent());
    }

    /// Makes the worktree, or brings it to what is asked for.
    ///
    /// @param anew what is there was never handed out
    Path checkout(String key, String wanted, boolean anew) {
        home.make();
        var start = start(wanted);
        var folder = folder(key);
        if (anew) {
            drop(key);
        }
        if (Files.exists(folder)) {
            update(folder, start);
        } else {
            Durable.folder(home.worktrees());
            add(folder, start);
        }
        return folder;
    }

    /// Where work begins.
    private sealed interface Start {
        String name();

        /// A branch of this repository.
        record Branch(String name) implements Start {}

        /// A branch that only a remote has: it gets one of its own that follows it.
        record Remote(String name, String at) implements Start {}

        /// A tag or a commit.
        record Commit(String name) implements Start {}
    }

    private Start start(String wanted) {
        if (git.find(beside(), "rev-parse", "--git-dir").isEmpty()) {
            throw Git.failed(beside() + " lies in no git repository, so there are no branches");
        }
        if (wanted.isEmpty() || wanted.startsWith("-")) {
            throw noSuchRef(wanted);
        }
        if (exists("refs/heads/" + wanted)) {
            return new Start.Branch(wanted);
        }
        var remotes =
                git.require(beside(), "for-each-ref", "--format=%(refname)", "refs/remotes")
                        .lines()
                        .filter(name -> name.matches("refs/remotes/[^/]+/.*"))
                        .filter(name -> name.split("/", 4)[3].equals(wanted))
                        .toList();
        if (remotes.size() == 1) {
            return new Start.Remote(wanted, remotes.getFirst());
        }
        if (exists(wanted + "^{commit}")) {
            return new Start.Commit(wanted);
        }
        throw noSuchRef(wanted);
    }

    private boolean exists(String name) {
        return git.ask(beside(), "rev-parse", "--verify", "--quiet", "--end-of-options", name)
                .success();
    }

    private RuntimeException noSuchRef(String wanted) {
        var known =
                git.require(beside(), "for-each-ref", "--format=%(refname:short)", "refs/heads")
                        .lines()
                        .toList();
        return Problem.error(
                        SlotCode.NO_SUCH_REF,
                        "the repository has no branch, tag or commit \"" + wanted + "\"")
                .withHint(
                        Nearest.hint(wanted, known)
                                .orElse("fetch it, or make it: git branch " + wanted))
                .thrown();
    }

    private void add(Path folder, Start start) {
        var at = folder.toString();
        switch (start) {
            case Start.Branch(var name) -> {
                // A branch can be checked out once; whoever comes second works on its commit.
                if (!git.ask(beside(), "worktree", "add", at, name).success()) {
                    git.require(beside(), "worktree", "add", "--detach", at, name);
                }
            }
            case Start.Remote(var name, var remote) ->
                    git.require(beside(), "worktree", "add", "--track", "-b", name, at, remote);
            case Start.Commit(var name) ->
                    git.require(beside(), "worktree", "add", "--detach", at, name);
        }
    }

    private void update(Path folder, Start start) {
        requireWorktree(folder);
        var branch = git.find(folder, "symbolic-ref", "--quiet", "--short", "HEAD");
        var commit = git.find(folder, "rev-parse", "--verify", "HEAD");
        if (branch.equals(Optional.of(start.name()))
                || (branch.isEmpty()
                        && commit.equals(
                                git.find(
                                        folder,
                                        "rev-parse",
                                        "--verify",
                                        start.name() + "^{commit}")))) {
            return;
        }
        unsaved(folder)
                .ifPresent(what -> {
                    throw Problem.error(
                                    SlotCode.UNSAVED_WORK,
                                    "the worktree %s has unsaved work (%s), so it stays where it is"
                                            .formatted(folder, what))
                            .withHint(
                                    "commit it there, then take the slot again with --ref "
                                            + start.name())
                            .thrown();
                });
        switch (start) {
            case Start.Branch(var name) -> {
                if (!git.ask(folder, "switch", name).success()) {
                    git.require(folder, "switch", "--detach", name);
                }
            }
            case Start.Remote(var name, var remote) ->
                    git.require(folder, "switch", "--track", "-c", name, remote);
            case Start.Commit(var name) -> git.require(folder, "switch", "--detach", name);
        }
    }

    private void requireWorktree(Path folder) {
        if (!isWorktree(folder)) {
            throw Git.failed(
                    folder + " is no worktree of git any more; look at it, and move it away");
        }
    }

    private boolean isWorktree(Path folder) {
        return git.find(folder, "rev-parse", "--show-toplevel")
                .filter(top -> isSame(Path.of(top), folder))
                .isPresent();
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (java.io.IOException e) {
            return false;
        }
    }

    /// What would be lost with the folder.
    Optional<String> unsaved(Path folder) {
        if (!isWorktree(folder)) {
            return Optional.of("it is no worktree of git any more");
        }
        long changed = git.require(folder, "status", "--porcelain").lines().count();
        if (changed > 0) {
            return Optional.of(
                    changed == 1 ? "1 file was changed" : changed + " files were changed");
        }
        if (git.ask(folder, "symbolic-ref", "--quiet", "HEAD").success()) {
            return Optional.empty(); // its commits are its branch's
        }
        var lost =
                git.find(
                        folder,
                        "rev-list",
                        "--count",
                        "HEAD",
                        "--not",
                        "--branches",
                        "--tags",
                        "--remotes");
        return lost.filter(count -> !count.equals("0"))
                .map(count -> "commits that are on no branch: " + count);
    }

    /// Removes the folder and what git knows of it.
    void drop(String key) {
        var folder = folder(key);
        if (isRegistered(folder)) {
            var said =
                    git.ask(
                            beside(),
                            "worktree",
                            "remove",
                            "--force",
                            "--force",
                            folder.toString());
            if (!said.success() && isRegistered(folder)) {
                Durable.deleteFolder(folder);
                git.require(beside(), "worktree", "remove", "--force", folder.toString());
            }
        }
        Durable.deleteFolder(folder);
    }

    private boolean isRegistered(Path folder) {
        if (git.find(beside(), "rev-parse", "--git-dir").isEmpty()) {
            return false;
        }
        var list = git.require(beside(), "worktree", "list", "--porcelain");
        var real = real(folder);
        return list.lines()
                .filter(line -> line.startsWith("worktree "))
                .map(line -> Path.of(line.substring("worktree ".length())))
                .anyMatch(at -> at.equals(folder) || at.equals(real));
    }

    private Path real(Path folder) {
        try {
            return home.folder().toRealPath().resolve(home.folder().relativize(folder));
        } catch (java.io.IOException e) {
            return folder;
        }
    }
}
