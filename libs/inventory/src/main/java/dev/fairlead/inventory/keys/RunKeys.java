package dev.fairlead.inventory.keys;

import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a unit runs: the keys of `run`, `local` and `dev`.
public final class RunKeys {
    private static final Shape COMMAND_LIST = new Shape.ListOf(Shape.TEMPLATE, true);

    public static final Key HTTP_PORT =
            Key.of("port", Shape.text(Forms.PORT_NAME), "The name of one of the unit's ports.")
                    .orElse("`http`, or the unit's only port")
                    .like("http");
    public static final Key HTTP_PATH =
            Key.of("path", Shape.TEMPLATE, "The path that is asked for.").or("/").like("/readyz");
    public static final Key HTTP_STATUS =
            Key.of("status", new Shape.Whole(100, 599), "The status that means ready.")
                    .or("200")
                    .like("204");

    public static final Key READY_HTTP =
            Key.of(
                            "http",
                            Shape.Struct.of(
                                    "readyHttp",
                                    "Readiness by an HTTP request.",
                                    List.of(HTTP_PORT, HTTP_PATH, HTTP_STATUS)),
                            "Ready when a GET on a port answers with a status.")
                    .like("{ port: http, path: /readyz }");
    public static final Key READY_TCP =
            Key.of("tcp", Shape.text(Forms.PORT_NAME), "Ready when this port accepts a connection.")
                    .like("http");
    public static final Key READY_EXEC =
            Key.of(
                            "exec",
                            COMMAND_LIST,
                            "Ready when this command, run in the unit's folder and environment, ends with 0.")
                    .like("[ ./is-ready ]");
    public static final Key READY_LOG =
            Key.of(
                            "log",
                            Shape.TEXT,
                            "Ready when a line of the output has a match for this regular expression.")
                    .like("'listening on .*'");
    public static final Key READY_TIMEOUT =
            Key.of("timeout", Shape.SPAN, "How long it may take from the start until ready.")
                    .orElse("`orchestration.readinessTimeout`")
                    .like("60s");
    public static final Shape.Struct READY_STRUCT =
            Shape.Struct.of(
                    "ready",
                    "How it is known that a unit is ready.",
                    List.of(READY_HTTP, READY_TCP, READY_EXEC, READY_LOG, READY_TIMEOUT),
                    List.of(List.of("http", "tcp", "exec", "log")));

    public static final Key SIGNAL =
            Key.of(
                            "signal",
                            Shape.words("TERM", "INT", "QUIT", "HUP", "USR1", "USR2", "KILL"),
                            "The signal that asks the whole process group to end.")
                    .or("TERM")
                    .like("INT");
    public static final Key GRACE =
            Key.of("grace", Shape.SPAN, "How long it may take to end before KILL.")
                    .or("10s")
                    .like("30s");

    public static final Key COMMAND =
            Key.of(
                            "command",
                            COMMAND_LIST,
                            "The program and its arguments, without a shell. A template may stand for the whole list.")
                    .like("[ java, -jar, app.jar ]");
    public static final Key WORKING_DIR =
            Key.of("workingDir", Shape.TEMPLATE, "The folder that the command runs in.")
                    .orElse("the unit's path")
                    .like("services/internal/api");
    public static final Key ENV =
            Key.of(
                            "env",
                            new Shape.MapOf(Shape.TEMPLATE, Optional.of(Forms.VARIABLE), true),
                            "The process's environment variables, beside PATH, HOME and LANG; nothing else is passed on.")
                    .like("{ PORT: \"{{ .Ports.http }}\" }");
    public static final Key PORTS =
            Key.of(
                            "ports",
                            Shape.mapOf(
                                    Forms.PORT_NAME,
                                    Shape.Either.of(
                                            Shape.words("auto"),
                                            new Shape.Whole(1, 65_535),
                                            Forms.ONLY_TEMPLATE)),
                            "The ports that the unit listens on, by name: a number, or `auto` for one that is chosen once and kept.")
                    .like("{ http: auto }");
    public static final Key READY =
            Key.of("ready", READY_STRUCT, "How it is known that the unit is ready.")
                    .orElse("alive for 1 s")
                    .like("{ http: { port: http, path: /readyz }, timeout: 60s }");
    public static final Key RESTART =
            Key.of(
                            "restart",
                            Shape.words("never", "on-failure", "always"),
                            "Whether a process that ended by itself, after it was ready, is started again.")
                    .or("never")
                    .like("on-failure");
    public static final Key STOP =
            Key.of(
                            "stop",
                            Shape.Struct.of(
                                    "stop",
                                    "How a process is asked to end.",
                                    List.of(SIGNAL, GRACE)),
                            "How the process is asked to end.")
                    .like("{ signal: INT, grace: 30s }");
    public static final Key TIMEOUT =
            Key.of("timeout", Shape.SPAN, "task: how long it may take at most.").like("1h");
    public static final Key AGENT_TIMEOUT =
            Key.of("timeout", Shape.SPAN, "How long a run may take at most; then it is ended.")
                    .or("1h")
                    .like("30m");
    public static final Key BUILTIN =
            Key.of(
                            "builtin",
                            Shape.words("static", "task"),
                            "Work that Fairlead brings: `static` serves a folder over HTTP on the port `http`, `task` runs the command once, to success.")
                    .like("task");
    public static final Key DIR =
            Key.of(
                            "dir",
                            Shape.TEMPLATE,
                            "static: the folder that is served, relative to workingDir.")
                    .or(".")
                    .like("dist");
    public static final Key SPA =
            Key.of("spa", Shape.FLAG, "static: answer unknown paths with index.html.")
                    .or("false")
                    .like("true");
    public static final Key INPUTS =
            Key.of(
                            "inputs",
                            Forms.TEXTS,
                            "task: globs, relative to the folder that the command runs in, of the files that it reads; it runs again only when they, or its command or environment, changed.")
                    .like("[ pom.xml, \"src/**\" ]");

    public static final Key LOCAL_BUILTIN =
            Key.of(
                            "builtin",
                            Shape.words("postgres", "static", "task"),
                            "Work that Fairlead brings: `postgres` is a real PostgreSQL, `static` serves a folder over HTTP on the port `http`, `task` runs the command once, to success.")
                    .mandatory()
                    .like("postgres");
    public static final Key DATABASES =
            Key.of(
                            "databases",
                            Shape.listOf(Shape.text(Forms.NAME)),
                            "postgres: the databases to make; the export `url` names the first.")
                    .orElse("one with the unit's name")
                    .like("[ guestbook ]");
    public static final Key VERSION =
            Key.of("version", Shape.TEMPLATE, "postgres: the major version that is wanted.")
                    .like("\"18\"");

    public static final Shape.Struct RUN_STRUCT =
            Shape.Struct.of("run", "How a unit runs as a process.", runKeys(BUILTIN));
    public static final Shape.Struct AGENT_STRUCT =
            Shape.Struct.of(
                    "agentRun",
                    "How an agent runs. Its texts may hold `{{ .Task }}`, the task that a run is given.",
                    List.of(COMMAND, WORKING_DIR, ENV, STOP, AGENT_TIMEOUT));
    public static final Shape.Struct LOCAL_STRUCT =
            Shape.Struct.of(
                    "local",
                    "What stands for a piece of infrastructure on the target `local`.",
                    localKeys());

    public static final Key DEV_COMMAND =
            Key.of("command", COMMAND_LIST, "The command in mode dev.")
                    .orElse("`run.command`")
                    .like("[ npx, vite ]");
    public static final Key DEV_IMAGE =
            Key.of(
                            "image",
                            Shape.text(Forms.NAME),
                            "On Kubernetes: the image with the tools that `build` and `command` need.")
                    .orElse("`image` of the unit")
                    .like("toolchain");
    public static final Key DEV_BUILD =
            Key.of(
                            "build",
                            COMMAND_LIST,
                            "Run before the first start and after a change; when it fails, the old process stays.")
                    .like("[ javac, -d, out, src/Api.java ]");
    public static final Key WATCH =
            Key.of(
                            "watch",
                            Forms.TEXTS,
                            "Globs, relative to the folder that the command runs in, of the files whose change reloads it.")
                    .like("[ \"src/**/*.java\" ]");
    public static final Key IGNORE =
            Key.of(
                            "ignore",
                            Forms.TEXTS,
                            "Globs that take files out of `watch`; what `.gitignore` names is always out.")
                    .like("[ \"**/*.tmp\" ]");
    public static final Key RELOAD =
            Key.of(
                            "reload",
                            Shape.words("restart", "tool"),
                            "`restart` starts the process again after a change; `tool` leaves it to the tool, as Vite does it.")
                    .or("restart")
                    .like("tool");
    public static final Key DEBOUNCE =
            Key.of(
                            "debounce",
                            Shape.SPAN,
                            "How long it must be quiet after a change before anything happens.")
                    .or("200ms")
                    .like("1s");
    public static final Shape.Struct DEV_STRUCT =
            Shape.Struct.of(
                    "dev",
                    "How a unit runs and is reloaded in mode dev.",
                    List.of(DEV_COMMAND, DEV_IMAGE, DEV_BUILD, WATCH, IGNORE, RELOAD, DEBOUNCE));

    private RunKeys() {}

    private static List<Key> runKeys(Key builtin) {
        return List.of(
                COMMAND,
                WORKING_DIR,
                ENV,
                PORTS,
                READY,
                RESTART,
                STOP,
                TIMEOUT,
                builtin,
                DIR,
                SPA,
                INPUTS);
    }

    private static List<Key> localKeys() {
        var keys = new ArrayList<>(runKeys(LOCAL_BUILTIN));
        keys.add(DATABASES);
        keys.add(VERSION);
        return keys;
    }
}
