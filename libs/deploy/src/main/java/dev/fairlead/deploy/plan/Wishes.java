package dev.fairlead.deploy.plan;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a person allowed a plan to do with what belongs to others.
///
/// @param takeOver fields of objects: `Deployment/api:spec.replicas`
/// @param adopt objects: `Deployment/api`
public record Wishes(SortedSet<String> takeOver, SortedSet<String> adopt) {
    public static final Wishes NONE = new Wishes(new TreeSet<>(), new TreeSet<>());

    public Wishes {
        takeOver = Collections.unmodifiableSortedSet(new TreeSet<>(takeOver));
        adopt = Collections.unmodifiableSortedSet(new TreeSet<>(adopt));
    }
}
