package io.meshwright.construct.plus;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.istio.IstioLabels;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import io.meshwright.value.workload.ServicePort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cdk8s.ApiObject;
import org.cdk8s.plus34.Deployment;
import org.cdk8s.plus34.StatefulSet;
import org.cdk8s.plus34.Workload;

/**
 * A Deployment or StatefulSet of cdk8s-plus, as it stood when a service took it. It stays where it is in the tree; what
 * it leaves open is completed there, and what it says is kept.
 */
public final class GivenWorkload {
    /** Name of the key in refusals. */
    public static final String KEY = "workload";

    private static final String ADDRESS = "cdk8s.io/metadata.addr";

    private final ApiObject object;
    private final String path;
    private final JsonNode manifest;
    private final Name name;
    private final Name namespace;

    private GivenWorkload(ApiObject object, String path, JsonNode manifest) {
        this.object = object;
        this.path = path;
        this.manifest = manifest;
        this.name = Name.of(GivenObject.named(KEY, manifest.at("/metadata/name").asText()));
        String in = manifest.at("/metadata/namespace").asText();
        Require.that(!in.isEmpty(), KEY, "names no namespace", "give it metadata.namespace, or its chart a namespace");
        this.namespace = Name.of(in);
        selects();
        GivenPod.check(pod());
    }

    /**
     * Reads one, which is finished by now.
     *
     * @throws io.meshwright.value.InvalidValue where it cannot be a service's
     */
    public static GivenWorkload of(Workload workload) {
        Require.present(KEY, workload);
        Require.that(
                workload instanceof Deployment || workload instanceof StatefulSet,
                KEY,
                "is no Deployment and no StatefulSet",
                "take one of them");
        String path = workload.getNode().getPath().concat("/");
        Map.Entry<String, JsonNode> own = ApiObjects.manifests(workload).entrySet().stream()
                .filter(object -> Set.of("Deployment", "StatefulSet")
                        .contains(object.getValue().path("kind").asText()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("%s renders nothing".formatted(path)));
        return new GivenWorkload(ApiObject.of(workload), own.getKey(), own.getValue());
    }

    /** Its object, for further changes. */
    public ApiObject resource() {
        return object;
    }

    /** Name of the workload. */
    public Name name() {
        return name;
    }

    /** Labels by which it selects its pods. */
    public Map<String, String> selector() {
        return labels("/spec/selector/matchLabels");
    }

    /** Its pods as one end of calls on some ports. */
    public Party party(List<ServicePort> ports) {
        boolean meshed = !"false".equals(podLabels().get(IstioLabels.INJECT));
        return new Party(
                name,
                namespace,
                selector(),
                meshed ? Optional.of(Identity.of(namespace, serviceAccount().orElse(name))) : Optional.empty(),
                TargetPort.behind(ports));
    }

    /** Refuses a party that means other pods. */
    public void agreesWith(Party party) {
        Require.that(
                party.namespace().equals(namespace)
                        && podLabels().entrySet().containsAll(party.podLabels().entrySet()),
                "party",
                "%s with labels %s are not the pods of %s/%s with labels %s"
                        .formatted(party, party.podLabels(), namespace, name, podLabels()),
                "leave it out: it is read from the workload");
    }

    /** Refuses ports that no container opens. */
    public void opens(List<ServicePort> ports) {
        Set<Integer> open = new TreeSet<>();
        pod().path("containers")
                .forEach(container -> container
                        .path("ports")
                        .forEach(port -> open.add(port.path("containerPort").asInt())));
        for (int i = 0; i < ports.size(); i++) {
            int target = ports.get(i).targetPort().value();
            Require.that(
                    open.contains(target),
                    "ports[%d].targetPort".formatted(i),
                    "\"%d\" is opened by no container of %s, which open %s".formatted(target, name, open),
                    "give a container this port, or the Service one of theirs");
        }
    }

    /** Pods that it keeps; 1 where an autoscaler says how many. */
    public int replicas() {
        return manifest.at("/spec/replicas").asInt(1);
    }

    /** The service account that its pods name. */
    public Optional<Name> serviceAccount() {
        return Optional.of(pod().path("serviceAccountName").asText())
                .filter(account -> !account.isEmpty())
                .map(account -> Name.of(GivenObject.named("serviceAccount", account)));
    }

    /** Labels of its pods. */
    public Map<String, String> podLabels() {
        return labels("/spec/template/metadata/labels");
    }

    /**
     * Says in its pods what they leave open and a restricted namespace asks for, and as whom they run.
     *
     * @param account that they get where they name none
     */
    public void complete(Name account) {
        Map<String, List<ApiObjects.Field>> fields = new LinkedHashMap<>();
        List<ApiObjects.Field> missing =
                GivenPod.missing(pod(), serviceAccount().isEmpty(), account);
        if (!missing.isEmpty()) {
            fields.put(path, missing);
        }
        ApiObjects.add(object, fields);
    }

    private JsonNode pod() {
        return manifest.at("/spec/template/spec");
    }

    private Map<String, String> labels(String pointer) {
        Map<String, String> labels = new TreeMap<>();
        manifest.at(pointer)
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private void selects() {
        Require.that(
                !selector().containsKey(ADDRESS),
                KEY,
                "\"%s\" selects its pods by a hash of its place in the tree, and nobody may change a selector later"
                        .formatted(name),
                "write select(false), and select(LabelSelector.of(…)) with labels of its pods");
        Require.that(
                !selector().isEmpty()
                        && manifest.at("/spec/selector/matchExpressions").isMissingNode(),
                KEY,
                "\"%s\" does not select its pods by labels alone, as a Service does".formatted(name),
                "select them by labels");
        Require.that(
                podLabels().entrySet().containsAll(selector().entrySet()),
                KEY,
                "\"%s\" selects %s, and its pods have %s".formatted(name, selector(), podLabels()),
                "give podMetadata these labels");
        if (manifest.path("kind").asText().equals("StatefulSet")) {
            GivenObject.named("service", manifest.at("/spec/serviceName").asText());
        }
    }
}
