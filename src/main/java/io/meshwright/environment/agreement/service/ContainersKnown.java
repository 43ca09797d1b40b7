package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.workload.PodSettings;
import io.meshwright.value.workload.data.DownwardFiles;
import io.meshwright.value.workload.data.EnvVar;
import io.meshwright.value.workload.data.ResourceFieldRef;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A container whose resources are read is one of the pod. */
public final class ContainersKnown implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .flatMap(declared -> {
                    Set<Name> known = containers(declared);
                    return asked(declared).entrySet().stream()
                            .filter(asked -> asked.getValue().containerName() != null
                                    && !known.contains(asked.getValue().containerName()))
                            .map(asked -> new InvalidValue(
                                    declared.at().then(asked.getKey().text()).key("containerName"),
                                    "there is no container \"%s\""
                                            .formatted(asked.getValue().containerName()),
                                    "take one of: %s"
                                            .formatted(known.stream()
                                                    .map(Name::toString)
                                                    .collect(Collectors.joining(", ")))));
                })
                .toList();
    }

    private static Set<Name> containers(DeclaredService declared) {
        Set<Name> known = new LinkedHashSet<>();
        known.add(Name.of(declared.service().workloadName(declared.name().toString())));
        known.addAll(declared.service().pod().initContainers().keySet());
        known.addAll(declared.service().pod().sidecars().keySet());
        return known;
    }

    private static Map<KeyPath, ResourceFieldRef> asked(DeclaredService declared) {
        Map<KeyPath, ResourceFieldRef> asked = new LinkedHashMap<>();
        PodSettings pod = declared.service().pod();
        if (declared.service().container() != null) {
            variables(KeyPath.of("container"), declared.service().container().env(), asked);
        }
        KeyPath beside = KeyPath.of("pod");
        pod.initContainers()
                .forEach((name, extra) ->
                        variables(beside.key("initContainers").key(name.toString()), extra.env(), asked));
        pod.sidecars()
                .forEach((name, extra) -> variables(beside.key("sidecars").key(name.toString()), extra.env(), asked));
        pod.volumes().forEach((name, volume) -> {
            if (volume.downwardAPI() != null) {
                files(beside.key("volumes").key(name.toString()), volume.downwardAPI(), asked);
            }
        });
        return asked;
    }

    private static void variables(KeyPath at, Map<String, EnvVar> env, Map<KeyPath, ResourceFieldRef> asked) {
        env.forEach((variable, source) -> {
            if (source.resourceFieldRef() != null) {
                asked.put(at.key("env").key(variable).key("resourceFieldRef"), source.resourceFieldRef());
            }
        });
    }

    private static void files(KeyPath at, DownwardFiles files, Map<KeyPath, ResourceFieldRef> asked) {
        for (int i = 0; i < files.items().size(); i++) {
            ResourceFieldRef reference = files.items().get(i).resourceFieldRef();
            if (reference != null) {
                asked.put(at.key("downwardAPI").key("items").index(i).key("resourceFieldRef"), reference);
            }
        }
    }
}
