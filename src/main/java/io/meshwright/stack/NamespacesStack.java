package io.meshwright.stack;

import io.meshwright.construct.delivery.sync.Protection;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.environment.Environment;
import org.cdk8s.Chart;
import software.constructs.Construct;

/**
 * Every namespace, with its labels for injection and for the Pod Security Standard; never pruned without a person's
 * word.
 */
final class NamespacesStack extends Chart {
    static final String ID = "namespaces";

    NamespacesStack(Construct scope, Environment environment) {
        super(scope, ID);
        for (ClusterNamespace namespace : new ClusterNamespaces(environment).all()) {
            KubernetesObject.of(this, namespace.name().toString(), namespace.render(Protection.annotations()));
        }
        if (environment.cluster().distribution().isOpenShift()) {
            new OpenShiftNamespaces(this, environment).render();
        }
    }
}
