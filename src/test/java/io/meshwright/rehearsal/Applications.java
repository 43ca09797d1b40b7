package io.meshwright.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What Argo CD says of its Applications, watched from the first moment: each sync that began is remembered. */
final class Applications implements AutoCloseable {
    static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("argoproj.io")
            .withVersion("v1alpha1")
            .withKind("Application")
            .withPlural("applications")
            .withNamespaced(true)
            .build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> latest = new TreeMap<>();
    private final List<Operation> operations = new ArrayList<>();
    private final Set<String> messages = new LinkedHashSet<>();
    private final KubernetesClient client;
    private final SharedIndexInformer<GenericKubernetesResource> informer;

    /** A sync that began; Argo CD writes its moment in whole seconds. */
    record Operation(String application, String startedAt) {}

    private Applications(KubernetesClient client) {
        this.client = client;
        informer = client.genericKubernetesResources(KIND).inNamespace("argocd").inform(new Seen());
    }

    static Applications watch(KubernetesClient client) {
        return new Applications(client);
    }

    private final class Seen implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource added) {
            remember(added);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
            remember(after);
        }

        @Override
        public void onDelete(GenericKubernetesResource deleted, boolean unknown) {
            synchronized (Applications.this) {
                latest.remove(deleted.getMetadata().getName());
            }
        }
    }

    private synchronized void remember(GenericKubernetesResource seen) {
        JsonNode application = JSON.valueToTree(seen);
        String name = seen.getMetadata().getName();
        latest.put(name, application);
        JsonNode started = application.at("/status/operationState/startedAt");
        Operation operation = new Operation(name, started.asText());
        if (!started.isMissingNode() && !operations.contains(operation)) {
            operations.add(operation);
        }
        JsonNode status = application.path("status");
        List<String> texts =
                new ArrayList<>(List.of(status.at("/operationState/message").asText()));
        status.at("/operationState/syncResult/resources")
                .forEach(each -> texts.add(each.path("message").asText()));
        status.path("conditions").forEach(each -> texts.add(each.path("message").asText()));
        texts.stream().filter(text -> !text.isEmpty()).forEach(text -> messages.add("%s: %s".formatted(name, text)));
    }

    synchronized JsonNode get(String name) {
        return latest.getOrDefault(name, JSON.createObjectNode());
    }

    /** Every sync so far, in the order in which they began. */
    synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    /**
     * Everything that Argo CD said so far of the Applications, their syncs and objects: {@code application: message}.
     */
    synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    /** Which of these are not Healthy, or were never synced. */
    synchronized List<String> unhealthy(Collection<String> names) {
        return names.stream()
                .filter(name -> !get(name).at("/status/health/status").asText().equals("Healthy")
                        || !get(name).at("/status/history").isArray())
                .map(this::describe)
                .toList();
    }

    /** How often an Application was synced. */
    long syncs(String name) {
        return operations().stream()
                .filter(operation -> operation.application().equals(name))
                .count();
    }

    /**
     * Which of these are not yet Synced and Healthy at a commit with their last sync done; each with what is said of
     * it.
     */
    synchronized List<String> unsettled(Collection<String> names, String commit) {
        return names.stream()
                .filter(name -> !settled(get(name)) || !compared(get(name), commit))
                .map(this::describe)
                .toList();
    }

    /** Right after a commit, Argo CD still says what it found with the one before. */
    private static boolean compared(JsonNode application, String commit) {
        JsonNode source = application.at("/spec/source");
        return source.equals(application.at("/status/sync/comparedTo/source"))
                && (!source.has("path")
                        || application.at("/status/sync/revision").asText().equals(commit));
    }

    private static boolean settled(JsonNode application) {
        String phase = application.at("/status/operationState/phase").asText("Succeeded");
        return application.at("/status/sync/status").asText().equals("Synced")
                && application.at("/status/health/status").asText().equals("Healthy")
                && phase.equals("Succeeded");
    }

    /** One line: state, what is out of sync, and what Argo CD says about it. */
    synchronized String describe(String name) {
        JsonNode status = get(name).path("status");
        List<String> drifted = new ArrayList<>();
        status.path("resources").forEach(each -> {
            if (each.path("status").asText().equals("OutOfSync")) {
                drifted.add("%s/%s"
                        .formatted(each.path("kind").asText(), each.path("name").asText()));
            }
        });
        List<String> said = new ArrayList<>();
        status.path("conditions").forEach(each -> said.add(each.path("message").asText()));
        return "%s: %s, %s, last sync %s %s; out of sync %s %s"
                .formatted(
                        name,
                        status.at("/sync/status").asText("unknown"),
                        status.at("/health/status").asText("unknown"),
                        status.at("/operationState/phase").asText("none"),
                        status.at("/operationState/message").asText(),
                        drifted,
                        said);
    }

    /** Ends a sync that runs, as {@code argocd app terminate-op} does. */
    void terminate(String name) {
        client.genericKubernetesResources(KIND)
                .inNamespace("argocd")
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"operationState\": {\"phase\": \"Terminating\"}}}");
    }

    synchronized String describe() {
        return latest.keySet().stream().map(this::describe).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        informer.close();
    }
}
