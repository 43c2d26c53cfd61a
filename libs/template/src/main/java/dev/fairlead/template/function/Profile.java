package dev.fairlead.template.function;

import dev.fairlead.template.TemplateFunction;
import java.util.Map;
import java.util.TreeMap;

/// The functions of the `fairlead` profile that need nothing from outside.
public final class Profile {
    private Profile() {}

    public static Map<String, TemplateFunction> all() {
        var all = new TreeMap<String, TemplateFunction>();
        TextFunctions.addTo(all);
        DefaultFunctions.addTo(all);
        CollectionFunctions.addTo(all);
        CodingFunctions.addTo(all);
        return all;
    }
}
