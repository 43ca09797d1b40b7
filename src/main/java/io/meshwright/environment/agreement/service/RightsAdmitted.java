package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.NamespaceSettings;
import io.meshwright.environment.NamespaceSettings.PodSecurity;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.ExtraContainer;
import io.meshwright.value.workload.SecurityContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rights that a container asks for are admitted in its namespace; otherwise no pod of it is ever made. */
public final class RightsAdmitted implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .filter(declared -> isRestricted(environment, declared.service().namespace()))
                .flatMap(declared -> asked(declared).entrySet().stream()
                        .filter(asked -> !asked.getValue().isRestricted())
                        .map(asked -> refusal(declared, asked.getKey(), asked.getValue())))
                .toList();
    }

    private static InvalidValue refusal(DeclaredService declared, KeyPath at, SecurityContext asked) {
        Name namespace = declared.service().namespace();
        return new InvalidValue(
                at.key("capabilities"),
                "%s are refused in namespace \"%s\", which is restricted"
                        .formatted(asked.capabilities().add(), namespace),
                "write podSecurity: baseline and its reason in namespaces.%s, or remove all but NET_BIND_SERVICE"
                        .formatted(namespace));
    }

    private static boolean isRestricted(Environment environment, Name namespace) {
        NamespaceSettings settings = environment.namespaces().get(namespace);
        return settings != null && settings.podSecurity() == PodSecurity.RESTRICTED;
    }

    private static Map<KeyPath, SecurityContext> asked(DeclaredService declared) {
        Map<KeyPath, SecurityContext> asked = new LinkedHashMap<>();
        put(
                asked,
                declared.at().key("container"),
                Optional.ofNullable(declared.service().container())
                        .map(Container::securityContext)
                        .orElse(null));
        extras(
                asked,
                declared.at().key("pod").key("initContainers"),
                declared.service().pod().initContainers());
        extras(
                asked,
                declared.at().key("pod").key("sidecars"),
                declared.service().pod().sidecars());
        return asked;
    }

    private static void extras(Map<KeyPath, SecurityContext> asked, KeyPath at, Map<Name, ExtraContainer> extras) {
        extras.forEach((name, extra) -> put(asked, at.key(name.toString()), extra.securityContext()));
    }

    private static void put(Map<KeyPath, SecurityContext> asked, KeyPath at, @Nullable SecurityContext context) {
        Stream.ofNullable(context).forEach(given -> asked.put(at.key("securityContext"), given));
    }
}
