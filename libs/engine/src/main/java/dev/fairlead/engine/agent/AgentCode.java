package dev.fairlead.engine.agent;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// Why an agent was not run, or did not come to its end.
public enum AgentCode implements Code {
    NO_AGENT(
            Kind.USER,
            "The name is not that of an agent that can be run in this environment.",
            "Use one of those that the message names; a command beside a unit is `fairlead exec UNIT -- CMD`."),
    AGENT_NOT_UP(
            Kind.USER,
            "The agent cannot be run yet: the environment was not brought up with it or sleeps, or it needs a task.",
            "Do what the hint says; on Kubernetes what was applied last is run."),
    TASK_TOO_LONG(
            Kind.USER,
            "The task of a run is longer than 100 KiB, which is more than a variable or an argument can hold.",
            "Put the text into a file of the workspace, and name the file in the task."),
    AGENT_FAILED(
            Kind.NOT_READY,
            "A run could not be started, or was taken away before it ended.",
            "See the cause; `fairlead events` tells of earlier runs."),
    AGENT_TIMED_OUT(
            Kind.NOT_READY,
            "A run took longer than the agent's `run.timeout` and was ended.",
            "Give the agent a smaller task, or raise `run.timeout`."),
    AGENT_INTERRUPTED(
            Kind.INTERRUPTED,
            "A run was ended because somebody interrupted it; what it had done stays.",
            "Run it again when you want to.");

    private final Kind kind;
    private final String meaning;
    private final String remedy;

    AgentCode(Kind kind, String meaning, String remedy) {
        this.kind = kind;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
