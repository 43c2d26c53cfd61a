package dev.fairlead.inventory.environment;

/// Which environment of which project: the key of everything that a target keeps.
///
/// @param slot the numbered instance, from 1; 0 when there is none
public record EnvironmentRef(String project, String name, int slot) {
    /// `dev`, or `ai-3` for slot 3: safe as a file name and in a host name.
    public String key() {
        return slot == 0 ? name : name + "-" + slot;
    }

    @Override
    public String toString() {
        return project + "/" + key();
    }
}
