package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** No container beside the application, or before it, has the application's name. */
public final class ContainersApart implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .flatMap(declared -> Stream.of(
                                Map.entry(
                                        "initContainers",
                                        declared.service().pod().initContainers()),
                                Map.entry("sidecars", declared.service().pod().sidecars()))
                        .flatMap(extras -> refusals(declared, extras.getKey(), extras.getValue().keySet().stream())))
                .toList();
    }

    private static Stream<InvalidValue> refusals(DeclaredService declared, String key, Stream<Name> names) {
        String workload = declared.service().workloadName(declared.name().toString());
        return names.filter(name -> name.toString().equals(workload))
                .map(name -> new InvalidValue(
                        declared.at().key("pod").key(key).key(name.toString()),
                        "is the name of the application's own container",
                        "give it a name of its own"));
    }
}
