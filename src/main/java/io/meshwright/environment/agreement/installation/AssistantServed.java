package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.AiOps;
import io.meshwright.environment.AssistantService;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Istio.Outbound;
import io.meshwright.environment.NamespaceSettings;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.aiops.Assistant;
import io.meshwright.environment.aiops.Model;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Version;
import io.meshwright.value.security.ExternalService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The assistant has a place in the mesh, a model that it may call, and somebody beside it who may stay. */
public final class AssistantServed implements Agreement {
    private static final KeyPath ASSISTANT = KeyPath.of("aiOps.assistant");
    private static final Version NATIVE_SIDECARS = Version.of("1.29");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        AiOps aiOps = environment.aiOps();
        if (aiOps == null || aiOps.assistant() == null) {
            return List.of();
        }
        List<InvalidValue> refusals = new ArrayList<>();
        place(environment, aiOps.assistant(), refusals);
        model(environment, aiOps, aiOps.assistant(), refusals);
        if (!environment.cluster().kubernetes().isAtLeast(NATIVE_SIDECARS)) {
            refusals.add(new InvalidValue(
                    ASSISTANT,
                    "runs meshwright mcp as a native sidecar, and Kubernetes \"%s\" has none"
                            .formatted(environment.cluster().kubernetes()),
                    "remove it, or raise cluster.kubernetes to 1.29 at least"));
        }
        if (environment.istio().outbound() == Outbound.ALLOW_ANY) {
            refusals.add(new InvalidValue(
                    ASSISTANT,
                    "does what a model says, and istio.outbound \"ALLOW_ANY\" lets it call every host",
                    "write istio.outbound: REGISTRY_ONLY and declare what services call in externals, or remove it"));
        }
        if (aiOps.assistant().argoCdToken() != null && !environment.delivery().isByArgoCd()) {
            refusals.add(new InvalidValue(
                    ASSISTANT.key("argoCdToken"), "is for Argo CD, which delivers nothing here", "remove it"));
        }
        return refusals;
    }

    private static void place(Environment environment, Assistant assistant, List<InvalidValue> refusals) {
        NamespaceSettings namespace = environment.namespaces().get(assistant.namespace());
        if (namespace == null || !namespace.inject()) {
            refusals.add(new InvalidValue(
                    ASSISTANT.key("namespace"),
                    namespace == null
                            ? "there is no namespace \"%s\"".formatted(assistant.namespace())
                            : "\"%s\" has no sidecars, which alone tell who calls it".formatted(assistant.namespace()),
                    namespace == null ? "add it to namespaces" : "write inject: true there, or take another"));
        }
        assistant.configMaps().keySet().stream()
                .filter(home -> !environment.namespaces().containsKey(home))
                .forEach(home -> refusals.add(new InvalidValue(
                        ASSISTANT.key("configMaps").key(home.toString()),
                        "there is no namespace \"%s\"".formatted(home),
                        "add it to namespaces, or remove it")));
        Service made = environment.services().get(Assistant.NAME);
        if (made != null
                && (made.container() == null || !made.container().image().equals(assistant.image()))) {
            refusals.add(new InvalidValue(
                    KeyPath.of("services").key(Assistant.NAME.toString()),
                    "is the name of the service that aiOps.assistant makes",
                    "give this one another"));
        }
    }

    private static void model(Environment environment, AiOps aiOps, Assistant assistant, List<InvalidValue> refusals) {
        KeyPath at = ASSISTANT.key("model");
        Optional<Model> model = AssistantService.model(aiOps);
        if (model.isEmpty()) {
            refusals.add(new InvalidValue(
                    at, "there is no model \"%s\"".formatted(assistant.model()), "declare it in aiOps.models"));
            return;
        }
        Optional<ExternalService> external =
                AssistantService.external(aiOps, environment.externals()).map(environment.externals()::get);
        if (external.isEmpty()) {
            refusals.add(new InvalidValue(
                    at,
                    "is at \"%s\", which is in no entry of externals, so that nobody lets it be called"
                            .formatted(model.get().url().host()),
                    "add {type: httpsApi, hosts: [%s]} to externals"
                            .formatted(model.get().url().host())));
        } else if (external.get().originatesTls()) {
            refusals.add(new InvalidValue(
                    at,
                    "is called by https, and the sidecar adds TLS to calls of \"%s\" once more"
                            .formatted(model.get().url().host()),
                    "remove originateTls there"));
        } else {
            AssistantService.closedPort(at, model.get(), external.get()).ifPresent(refusals::add);
        }
    }
}
