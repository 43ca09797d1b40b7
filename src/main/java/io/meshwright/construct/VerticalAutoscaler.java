package io.meshwright.construct;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.construct.pod.VerticalPodAutoscaler;
import io.meshwright.construct.pod.VerticalPodAutoscaler.ContainerPolicy;
import io.meshwright.construct.traffic.ScaleTarget;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Quantity;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.workload.Vpa;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/** Recommends what a container of a workload's pods should reserve: a VerticalPodAutoscaler that changes no pod. */
public final class VerticalAutoscaler extends Construct {
    private static final String PROXY = "istio-proxy";

    private final ApiObject resource;

    private VerticalAutoscaler(Construct scope, String id, Props props) {
        super(scope, id);
        this.resource = KubernetesObject.of(this, "Resource", object(props));
    }

    /** The VerticalPodAutoscaler, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    private static VerticalPodAutoscaler object(Props props) {
        ScaleTarget target = props.target();
        return new VerticalPodAutoscaler(
                new ObjectMetaBuilder()
                        .withName(target.name().toString())
                        .withNamespace(target.namespace().toString())
                        .build(),
                new VerticalPodAutoscaler.Spec(
                        new VerticalPodAutoscaler.TargetRef(
                                target.apiVersion(),
                                target.kind(),
                                target.name().toString()),
                        new VerticalPodAutoscaler.UpdatePolicy(
                                props.vpa().updateMode().word()),
                        new VerticalPodAutoscaler.ResourcePolicy(policies(props))));
    }

    /** Without a policy the recommender looks at each container, the injected proxy too. */
    private static List<ContainerPolicy> policies(Props props) {
        Vpa vpa = props.vpa();
        ContainerPolicy application = new ContainerPolicy(
                props.container(),
                null,
                vpa.controlledResources().stream().map(Vpa.Resource::word).toList(),
                amounts(vpa.minAllowed()),
                amounts(vpa.maxAllowed()));
        // The proxy's resources are istio.proxy's, for every pod of the mesh.
        return props.inMesh() ? List.of(application, ContainerPolicy.off(PROXY)) : List.of(application);
    }

    private static @Nullable SortedMap<String, String> amounts(Vpa.@Nullable Allowed allowed) {
        if (allowed == null) {
            return null;
        }
        SortedMap<String, String> amounts = new TreeMap<>();
        for (Vpa.Resource resource : Vpa.Resource.values()) {
            Quantity amount = allowed.of(resource);
            if (amount != null) {
                amounts.put(resource.word(), amount.toString());
            }
        }
        return amounts;
    }

    /**
     * All that it needs.
     *
     * @param target the workload whose pods it looks at
     * @param container that it recommends for, by its name in the pods
     * @param vpa what is looked at, and between which bounds; default: CPU and memory, without bounds
     * @param inMesh whether the pods have a proxy, which is left out; default true
     */
    @Buildable
    record Props(
            @Required ScaleTarget target,
            @Required String container,
            @Defaulted Vpa vpa,
            @Defaulted Boolean inMesh) {
        Props {
            Require.notBlank("container", container);
            vpa = vpa == null ? new Vpa(null, null, null, null) : vpa;
            inMesh = inMesh == null || inMesh;
        }
    }

    /** Collects what it is made of. */
    public static final class Builder extends VerticalAutoscalerSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public VerticalAutoscaler build() {
            return ConstructMaker.make(scope, id, () -> new VerticalAutoscaler(scope, id, props()));
        }
    }
}
