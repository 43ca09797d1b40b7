package io.meshwright.stack.delivery;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.meshwright.construct.delivery.GatewayApiDefinitions;
import io.meshwright.construct.delivery.byhand.Installation;
import io.meshwright.construct.delivery.byhand.Installation.Step;
import io.meshwright.construct.delivery.byhand.Release;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.environment.Environment;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.workload.NodePool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.jspecify.annotations.Nullable;

/** The things that a person or a pipeline needs besides the folders: charts with values, and the steps. */
public final class InstallStack extends Chart {
    public static final String ID = "install";

    /**
     * Describes the installation of what stands.
     *
     * @param folders the stacks
     * @param installed the charts
     * @throws io.meshwright.value.InvalidValue for an object that only Argo CD could deliver
     */
    public InstallStack(App app, Environment environment, List<StackFolder> folders, List<InstalledChart> installed) {
        super(app, ID);
        SortedSet<String> limited = new Marks(environment.delivery().type()).limited(ApiObjects.manifests(app));
        installed.forEach(this::release);
        SortedMap<Wave, List<Step>> steps = new TreeMap<>();
        installed.forEach(chart -> of(steps, chart.wave())
                .add(Step.release(
                        chart.name().toString(),
                        chart.namespace().toString(),
                        chart.wave().isAwaited(),
                        chart.values().schemaApplies())));
        if (environment.installsGatewayApi()) {
            var source = GatewayApiDefinitions.SOURCE;
            of(steps, Wave.OPERATORS)
                    .add(Step.kustomization(
                            "%s/%s?ref=%s".formatted(source.repository(), source.path(), source.revision())));
        }
        for (StackFolder folder : folders) {
            if (limited.contains(folder.name())) {
                of(steps, folder.wave()).add(Step.folder(Marks.limitsOf(folder.name())));
            }
            of(steps, folder.wave()).add(Step.folder(folder.name()));
        }
        KubernetesObject.of(
                this,
                "steps",
                new Installation(
                        new ObjectMetaBuilder()
                                .withName(environment.metadata().name().toString())
                                .withAnnotations(nodes(environment))
                                .build(),
                        new Installation.Spec(
                                steps.values().stream().flatMap(List::stream).toList())));
    }

    private static @Nullable Map<String, String> nodes(Environment environment) {
        Map<Name, NodePool> nodes = environment.cluster().nodes();
        return nodes.isEmpty() ? null : Map.of(MeshwrightNames.NODES, NodePool.text(nodes));
    }

    private static List<Step> of(SortedMap<Wave, List<Step>> steps, Wave wave) {
        return steps.computeIfAbsent(wave, none -> new ArrayList<>());
    }

    private void release(InstalledChart installed) {
        String repository = installed.chart().repository();
        boolean named = repository.startsWith("http") || repository.startsWith("oci:");
        ObjectMeta metadata = new ObjectMetaBuilder()
                .withName(installed.name().toString())
                .withNamespace(installed.namespace().toString())
                .withAnnotations(installed.notes().isEmpty() ? null : new TreeMap<>(installed.notes()))
                .build();
        KubernetesObject.of(
                this,
                installed.name().toString(),
                new Release(
                        metadata,
                        new Release.Spec(
                                installed.chart().name(),
                                installed.chart().version(),
                                named ? repository : "oci://".concat(repository),
                                installed.values().values())));
    }
}
