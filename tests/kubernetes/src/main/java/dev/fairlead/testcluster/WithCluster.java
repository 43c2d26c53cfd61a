package dev.fairlead.testcluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test class that needs a cluster.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(ClusterExtension.class)
public @interface WithCluster {
    /// Whether pods must run; without it a control plane is enough, which needs no root.
    boolean pods() default false;
}
