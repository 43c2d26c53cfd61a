package dev.fairlead.testcluster;

import java.util.Objects;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/// Gives each test class a cluster and a namespace of its own in it.
final class ClusterExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static final Namespace HERE = Namespace.create(ClusterExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        var type = context.getRequiredTestClass();
        boolean pods = type.getAnnotation(WithCluster.class).pods();
        try {
            var cluster = Clusters.provide(pods).fresh(type.getSimpleName());
            context.getStore(HERE).put(TestCluster.class, cluster);
        } catch (Absence e) {
            System.out.println(type.getSimpleName() + " " + e.getMessage());
            throw new TestAbortedException(e.getMessage());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        var cluster = context.getStore(HERE).get(TestCluster.class, TestCluster.class);
        if (cluster != null) {
            cluster.abandon();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Objects.requireNonNull(
                context.getStore(HERE).get(TestCluster.class, TestCluster.class));
    }
}
