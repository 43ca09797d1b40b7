package io.meshwright.stack.delivery;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.meshwright.construct.delivery.GatewayApiDefinitions;
import io.meshwright.construct.delivery.flux.Alert;
import io.meshwright.construct.delivery.flux.GitRepository;
import io.meshwright.construct.delivery.flux.HelmRepository;
import io.meshwright.construct.delivery.flux.IgnoreRule;
import io.meshwright.construct.delivery.flux.Kustomization;
import io.meshwright.construct.delivery.flux.LocalName;
import io.meshwright.construct.delivery.flux.Provider;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.environment.Delivery;
import io.meshwright.environment.Environment;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.delivery.FluxNames;
import io.meshwright.value.workload.NodePool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.cdk8s.Chart;
import software.constructs.Construct;

/**
 * The folder that a person points Flux at: the repository, one Kustomization for each folder of dist, and the
 * repositories of charts.
 */
public final class FluxStack extends Chart {
    public static final String ID = "flux";
    private static final String KUSTOMIZATION = "Kustomization";

    private final String environment;
    private final String path;

    FluxStack(Construct scope, Environment environment) {
        super(scope, ID);
        Delivery delivery = environment.delivery();
        this.environment = environment.metadata().name().toString();
        this.path = delivery.pathOf(environment.metadata());
        add(
                "repository",
                new GitRepository(
                        metadata(this.environment, nodes(environment)),
                        GitRepository.Spec.of(
                                delivery.repository(),
                                delivery.revision(),
                                delivery.secretOf(environment.metadata()))));
        // Not awaited: it lies in the folder that it applies, and would wait for itself.
        kustomization(
                "root",
                this.environment,
                FluxNames.kept(),
                Kustomization.Spec.of(this.environment, folder(ID), List.of(), false, List.of())
                        .leaving());
        Optional.ofNullable(delivery.notifications()).ifPresent(this::news);
    }

    /** A folder of dist in its turn. */
    void folder(String name, List<String> after, Wave wave, List<IgnoreRule> ignore) {
        kustomization(
                name,
                name,
                Map.of(),
                Kustomization.Spec.of(environment, folder(name), after, wave.isAwaited(), ignore));
    }

    /** Definitions of the Gateway API from their own repository; they go only by a person's hand. */
    void gatewayApi(List<String> after) {
        String name = GatewayApiDefinitions.NAME.toString();
        var source = GatewayApiDefinitions.SOURCE;
        add(
                "%s-repository".formatted(name),
                new GitRepository(
                        metadata(name, FluxNames.kept()),
                        GitRepository.Spec.of(source.repository(), source.revision(), Optional.empty())));
        kustomization(
                name,
                name,
                FluxNames.kept(),
                Kustomization.Spec.of(name, source.path(), after, true, List.of())
                        .keeping());
    }

    void repositories(SortedMap<String, HelmRepository.Spec> repositories) {
        repositories.forEach((name, spec) ->
                add("charts-of-%s".formatted(name), new HelmRepository(metadata(name, Map.of()), spec)));
    }

    private void news(Delivery.Notifications notifications) {
        add(
                "slack",
                new Provider(
                        metadata("slack", Map.of()),
                        new Provider.Spec(
                                "slack",
                                notifications.slackChannel(),
                                "https://slack.com/api/chat.postMessage",
                                new LocalName(notifications.slackToken().name()))));
        add(
                "news",
                new Alert(
                        metadata(environment, Map.of()),
                        new Alert.Spec(
                                new LocalName("slack"),
                                "error",
                                List.of(
                                        new Alert.EventSource("GitRepository", "*"),
                                        new Alert.EventSource("HelmRepository", "*"),
                                        new Alert.EventSource("HelmRelease", "*"),
                                        new Alert.EventSource(KUSTOMIZATION, "*")),
                                "delivery of %s".formatted(environment))));
    }

    private void kustomization(String id, String name, Map<String, String> annotations, Kustomization.Spec spec) {
        add("apply-%s".formatted(id), new Kustomization(metadata(name, annotations), spec));
    }

    private void add(String id, HasMetadata object) {
        KubernetesObject.of(this, id, object);
    }

    private String folder(String stack) {
        return "%s/%s".formatted(path, stack);
    }

    private static Map<String, String> nodes(Environment environment) {
        Map<Name, NodePool> nodes = environment.cluster().nodes();
        return nodes.isEmpty() ? Map.of() : Map.of(MeshwrightNames.NODES, NodePool.text(nodes));
    }

    private static ObjectMeta metadata(String name, Map<String, String> annotations) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(FluxNames.NAMESPACE.toString())
                .withAnnotations(annotations.isEmpty() ? null : annotations)
                .build();
    }
}
