package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The spec of a pod (core/validation, ValidatePodSpec). */
final class PodRules {
    private PodRules() {}

    /** {@code claimed} names the volumes that a StatefulSet adds. */
    static void examine(Field spec, Collection<String> claimed) {
        if (spec.at("containers").isSet() && spec.at("containers").isEmpty()) {
            spec.at("containers").refuse("there is no container", "Write one.");
        }
        List<Field> volumes = spec.at("volumes").items();
        volumes.forEach(VolumeRules::examine);
        // A claim of a StatefulSet takes the place of a volume of its name.
        Limits.once(
                volumes,
                volume -> claimed.contains(volume.at("name").text())
                        ? ""
                        : volume.at("name").text(),
                "name");
        Set<String> known = new HashSet<>(claimed);
        volumes.forEach(volume -> known.add(volume.at("name").text()));
        Set<String> names = new HashSet<>();
        for (String list : List.of("containers", "initContainers")) {
            List<Field> containers = spec.at(list).items();
            containers.forEach(container -> ContainerRules.examine(container, known));
            Limits.once(names, containers, container -> container.at("name").text(), "name");
        }
        spec.at("initContainers").items().forEach(PodRules::runsOnce);
        addresses(spec);
        scheduling(spec);
    }

    private static void runsOnce(Field container) {
        if (!container.at("restartPolicy").text().equals("Always")) {
            for (String field : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
                if (container.at(field).isSet()) {
                    container
                            .at(field)
                            .refuse(
                                    "a container that runs to its end before the others has no %s".formatted(field),
                                    "Remove it, or write restartPolicy Always for a sidecar.");
                }
            }
        }
    }

    private static void addresses(Field spec) {
        Form.LABEL.examine(spec.at("hostname"));
        Form.LABEL.examine(spec.at("subdomain"));
        for (String name : List.of("serviceAccountName", "nodeName", "priorityClassName", "runtimeClassName")) {
            Form.SUBDOMAIN.examine(spec.at(name));
        }
        spec.at("hostAliases").items().forEach(alias -> Limits.address(alias.at("ip")));
        spec.at("dnsConfig").at("nameservers").items().forEach(Limits::address);
        Limits.atLeast(spec.at("activeDeadlineSeconds"), 1);
        if (spec.at("dnsPolicy").text().equals("None")
                && spec.at("dnsConfig").at("nameservers").isEmpty()) {
            spec.at("dnsPolicy")
                    .refuse("without the cluster's DNS there is no name server", "Write dnsConfig.nameservers.");
        }
    }

    private static void scheduling(Field spec) {
        Selectors.labels(spec.at("nodeSelector"));
        spec.at("tolerations").items().forEach(PodRules::toleration);
        for (Field spread : spec.at("topologySpreadConstraints").items()) {
            Limits.atLeast(spread.at("maxSkew"), 1);
            Selectors.selector(spread.at("labelSelector"));
            Limits.needed(spread, "topologyKey", "Write a label of nodes.");
        }
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            Field affinity = spec.at("affinity").at(kind);
            affinity.at("requiredDuringSchedulingIgnoredDuringExecution")
                    .items()
                    .forEach(PodRules::affinity);
            affinity.at("preferredDuringSchedulingIgnoredDuringExecution")
                    .items()
                    .forEach(preferred -> {
                        weight(preferred.at("weight"));
                        affinity(preferred.at("podAffinityTerm"));
                    });
        }
        Field nodes = spec.at("affinity").at("nodeAffinity");
        nodes.at("preferredDuringSchedulingIgnoredDuringExecution")
                .items()
                .forEach(preferred -> weight(preferred.at("weight")));
        nodes.at("requiredDuringSchedulingIgnoredDuringExecution")
                .at("nodeSelectorTerms")
                .items()
                .forEach(term -> term.at("matchExpressions").items().forEach(Selectors::ofNodes));
    }

    private static void weight(Field weight) {
        if (weight.isSet() && (weight.number() < 1 || weight.number() > 100)) {
            weight.refuse("%d is no weight".formatted(weight.number()), "Write a number from 1 to 100.");
        }
    }

    private static void affinity(Field term) {
        Selectors.selector(term.at("labelSelector"));
        Selectors.selector(term.at("namespaceSelector"));
        Limits.needed(term, "topologyKey", "Write a label of nodes.");
    }

    private static void toleration(Field toleration) {
        Form.QUALIFIED_NAME.examine(toleration.at("key"));
        boolean exists = toleration.at("operator").text().equals("Exists");
        if (exists && !toleration.at("value").isEmpty()) {
            toleration.at("operator").refuse("a toleration of any value has none", "Write Equal, or no value.");
        } else if (!exists && toleration.at("key").isEmpty()) {
            toleration.refuse("without a key only the operator Exists has a meaning", "Write key, or operator Exists.");
        }
        if (toleration.at("tolerationSeconds").isSet()
                && !toleration.at("effect").text().equals("NoExecute")) {
            toleration.at("tolerationSeconds").refuse("only the effect NoExecute waits", "Write effect NoExecute.");
        }
    }
}
