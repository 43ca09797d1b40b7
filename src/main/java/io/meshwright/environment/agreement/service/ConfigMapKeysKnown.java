package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.NamespaceSettings;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.workload.ConfigMapUse;
import io.meshwright.value.workload.data.ConfigMapData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** ConfigMaps that are made here have the keys that services read of them, and their names for themselves. */
public final class ConfigMapKeysKnown implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return Stream.concat(
                        DeclaredService.of(environment).flatMap(declared -> names(environment, declared)),
                        DeclaredService.of(environment)
                                .flatMap(declared -> uses(declared)
                                        .flatMap(
                                                use -> refusals(
                                                        declared.at(),
                                                        use,
                                                        made(environment, declared)
                                                                .get(use.name()))
                                                        .stream())))
                .toList();
    }

    private static Map<ObjectName, ConfigMapData> made(Environment environment, DeclaredService declared) {
        NamespaceSettings settings =
                environment.namespaces().get(declared.service().namespace());
        return settings == null ? Map.of() : settings.configMaps();
    }

    private static Stream<ConfigMapUse> uses(DeclaredService declared) {
        return Stream.ofNullable(declared.service().container())
                .flatMap(container ->
                        ConfigMapUse.of(container, declared.service().pod()).stream());
    }

    /** The files of a service are a ConfigMap too. */
    private static Stream<InvalidValue> names(Environment environment, DeclaredService declared) {
        ObjectName files = ObjectName.of(MeshwrightNames.filesOf(
                declared.service().workloadName(declared.name().toString())));
        return made(environment, declared).containsKey(files)
                        && declared.service().hasFiles()
                ? Stream.of(new InvalidValue(
                        KeyPath.of("namespaces")
                                .key(declared.service().namespace().toString())
                                .key("configMaps")
                                .key(files.toString()),
                        "is the name of the ConfigMap that is made of the files of \"%s\"".formatted(declared.name()),
                        "give it another name"))
                : Stream.of();
    }

    private static List<InvalidValue> refusals(KeyPath service, ConfigMapUse use, @Nullable ConfigMapData made) {
        List<InvalidValue> refusals = new ArrayList<>();
        if (made == null) {
            return refusals; // somebody else's
        }
        use.keys().forEach((at, key) -> {
            if (!made.keys().contains(key)) {
                refusals.add(new InvalidValue(
                        service.then(at.text()),
                        "\"%s\" has no key \"%s\"".formatted(use.name(), key),
                        "take one of: %s".formatted(String.join(", ", made.keys()))));
            } else if (use.isVariable() && made.binaryData().containsKey(key)) {
                refusals.add(new InvalidValue(
                        service.then(at.text()),
                        "\"%s\" is no text, and a variable is one".formatted(key),
                        "mount it by pod.volumes"));
            }
        });
        if (use.optional()) {
            refusals.add(new InvalidValue(
                    service.then(use.at().text()).key("optional"),
                    "is said of \"%s\", which is made here and is always there".formatted(use.name()),
                    "remove it"));
        }
        return refusals;
    }
}
