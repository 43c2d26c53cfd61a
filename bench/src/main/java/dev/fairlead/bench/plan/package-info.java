/// Planning by itself, from the text of services.yaml to the plan.
@NullMarked
package dev.fairlead.bench.plan;

import org.jspecify.annotations.NullMarked;
