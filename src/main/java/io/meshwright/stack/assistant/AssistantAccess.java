package io.meshwright.stack.assistant;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.meshwright.construct.SecureService;
import io.meshwright.construct.network.NetworkPolicies;
import io.meshwright.construct.network.NetworkRules;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.construct.security.ApiServerAccess;
import io.meshwright.environment.Environment;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.Party;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.constructs.Construct;

/**
 * Rights of the assistant's account, which only read, and the policies by which it reaches whom it asks: the API
 * server, Prometheus, Loki and Argo CD.
 */
public final class AssistantAccess extends Construct {
    private final Environment environment;
    private final SecureService service;
    private final AskedTools tools;

    /**
     * Renders both.
     *
     * @param readable the namespaces of the environment, in which it reads
     */
    public AssistantAccess(Construct scope, Environment environment, SecureService service, Collection<Name> readable) {
        super(scope, "assistant");
        this.environment = environment;
        this.service = service;
        this.tools = new AskedTools(environment);
        Rights rights = new Rights(this, service.party());
        rights.ofCluster(ReadableKinds.ofCluster());
        rights.ofNamespaces(ReadableKinds.ofNamespaces(), readable);
        tools.assistant().configMaps().forEach(rights::ofConfigMaps);
        token();
        network();
    }

    /** Its pods, unlike those of other services, ask the API server; checks know them by the label. */
    private void token() {
        List<ApiObjects.Field> marks = List.of(
                new ApiObjects.Field("/spec/template/spec/automountServiceAccountToken", BooleanNode.TRUE),
                new ApiObjects.Field(
                        "/spec/template/metadata/labels/%s".formatted(MeshwrightNames.ASSISTANT.replace("/", "~1")),
                        TextNode.valueOf("true")));
        Map<String, List<ApiObjects.Field>> fields = new LinkedHashMap<>();
        service.controllers()
                .forEach(controller -> fields.put(controller.getNode().getPath(), marks));
        ApiObjects.add(service, fields);
    }

    private void network() {
        Party party = service.party();
        NetworkPolicies policies = new NetworkPolicies(this);
        List<Party> asked = Stream.of(tools.prometheus(), tools.loki(), tools.argoCd())
                .flatMap(Optional::stream)
                .toList();
        boolean enforced = environment.istio().authorization() == Enforcement.ENFORCE;
        if (enforced) {
            ApiServerAccess.of(this, "api-server", party, tools.assistant().apiServer());
            policies.egress(
                    "asks",
                    "%s-asks".formatted(party.name()),
                    party,
                    asked.stream().map(NetworkRules::to).toList());
        }
        List<Party> guarded = new ArrayList<>(asked);
        // The chart of Argo CD lets everybody in.
        tools.argoCd().ifPresent(guarded::remove);
        guarded.stream()
                .filter(server -> isDenied(server, enforced))
                .forEach(server -> policies.ingress(
                        server.name().toString(),
                        "%s-asks-%s".formatted(party.name(), server.name()),
                        server,
                        List.of(NetworkRules.from(List.of(party), server.ports()))));
    }

    /** Monitoring of ours denies what nobody declared, and so do the namespaces of the file where it is enforced. */
    private boolean isDenied(Party server, boolean enforced) {
        return server.namespace().equals(environment.observability().namespace())
                || enforced && environment.namespaces().containsKey(server.namespace());
    }
}
