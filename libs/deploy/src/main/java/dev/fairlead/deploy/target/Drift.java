package dev.fairlead.deploy.target;

import dev.fairlead.inventory.unit.UnitName;
import java.util.Optional;

/// One thing that lives differently from what was applied last, whoever changed it. Secrets are masked.
///
/// @param path what differs: `state`, `process`, `command`, `env.LOG`, `ports.http`, `databases.shop`, `migrations`
/// @param applied what was applied; absent for what nobody applied
/// @param live what there is; absent for what is not there
/// @param what one sentence without a full stop
public record Drift(
        UnitName unit, String path, Optional<String> applied, Optional<String> live, String what) {}
