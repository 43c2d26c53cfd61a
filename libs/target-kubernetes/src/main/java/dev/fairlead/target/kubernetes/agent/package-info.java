/// Runs of agents: each a Job that is made of the template in the agent's CronJob, followed to its end. Writes that Job
/// alone; what a stack says is written by {@code act}.
@NullMarked
package dev.fairlead.target.kubernetes.agent;

import org.jspecify.annotations.NullMarked;
