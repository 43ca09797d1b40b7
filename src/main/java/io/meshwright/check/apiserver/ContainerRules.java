package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.text.Amount;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A container of a pod (core/validation, validateContainerCommon). */
final class ContainerRules {
    private static final Set<String> RESOURCES = Set.of("cpu", "memory", "ephemeral-storage");
    private static final String PAGES = "hugepages-";
    private static final String[] SOURCES = {
        "fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"
    };

    private ContainerRules() {}

    static void examine(Field container, Set<String> volumes) {
        Limits.needed(container, "image", "Write the image of the container.");
        Form.LABEL.examine(container.at("name"));
        if (container.at("name").isSet()) {
            Limits.needed(container, "name", "Write a DNS label.");
        }
        List<Field> ports = container.at("ports").items();
        Limits.once(ports, port -> port.at("name").text(), "name");
        for (Field port : ports) {
            Form.PORT_NAME.examine(port.at("name"));
            Limits.port(port.at("containerPort"));
            if (port.at("hostPort").number() != 0) {
                Limits.port(port.at("hostPort"));
            }
        }
        container.at("env").items().forEach(ContainerRules::variable);
        for (Field source : container.at("envFrom").items()) {
            Limits.exactlyOne(source, "configMapRef", "secretRef");
            Limits.needed(source.at("configMapRef"), "name", "Write the ConfigMap's name.");
            Limits.needed(source.at("secretRef"), "name", "Write the Secret's name.");
        }
        mounts(container, volumes);
        resources(container.at("resources"));
        ProbeRules.examine(container);
        privileges(container.at("securityContext"));
    }

    private static void variable(Field variable) {
        if (variable.at("name").isSet()) {
            Limits.needed(variable, "name", "Write the variable's name.");
        }
        Form.VARIABLE.examine(variable.at("name"));
        Field source = variable.at("valueFrom");
        if (source.isSet()) {
            Limits.exactlyOne(source, SOURCES);
            if (!variable.at("value").isEmpty()) {
                source.refuse("the variable has a value as well", "Write value or valueFrom.");
            }
        }
        Form.FIELD_OF_POD.examine(source.at("fieldRef").at("fieldPath"));
        for (String map : List.of("configMapKeyRef", "secretKeyRef")) {
            Form.KEY_OF_DATA.examine(source.at(map).at("key"));
            Limits.needed(source.at(map), "name", "Write the name of the object that holds the value.");
        }
    }

    private static void mounts(Field container, Set<String> volumes) {
        List<Field> mounts = container.at("volumeMounts").items();
        Limits.once(mounts, mount -> mount.at("mountPath").text(), "mountPath");
        for (Field mount : mounts) {
            String name = mount.at("name").text();
            if (!name.isEmpty() && !volumes.contains(name)) {
                mount.at("name").refuse("the pod has no volume \"%s\"".formatted(name), "Write it among the volumes.");
            }
            if (mount.at("mountPath").isSet()) {
                Limits.needed(mount, "mountPath", "Write where the volume is mounted.");
            }
            VolumeRules.inside(mount.at("subPath"));
        }
    }

    private static void resources(Field resources) {
        for (String list : List.of("requests", "limits")) {
            for (Field amount : resources.at(list).entries()) {
                String name = amount.key();
                if (!RESOURCES.contains(name) && !name.startsWith(PAGES) && name.indexOf('/') < 0) {
                    amount.refuse(
                            "\"%s\" is no resource of a container".formatted(name),
                            "Write cpu, memory, ephemeral-storage, hugepages-SIZE or a name with a domain.");
                }
                if (Amount.of(amount.node())
                        .filter(value -> value.value().signum() < 0)
                        .isPresent()) {
                    amount.refuse("\"%s\" is negative".formatted(amount.text()), "Write 0 or more.");
                }
            }
        }
        for (Field limit : resources.at("limits").entries()) {
            Field request = resources.at("requests").at(limit.key());
            Optional<Amount> most = Amount.of(limit.node());
            if (most.isPresent()
                    && Amount.of(request.node())
                            .filter(asked -> asked.compareTo(most.get()) > 0)
                            .isPresent()) {
                request.refuse(
                        "\"%s\" is more than the limit \"%s\"".formatted(request.text(), limit.text()),
                        "Ask for the limit at most.");
            }
        }
    }

    private static void privileges(Field context) {
        Limits.atLeastZero(context, "runAsUser", "runAsGroup");
        Field escalation = context.at("allowPrivilegeEscalation");
        boolean mighty = context.at("privileged").isTrue()
                || context.at("capabilities").at("add").items().stream()
                        .anyMatch(capability -> capability.text().equals("CAP_SYS_ADMIN"));
        if (escalation.isSet() && !escalation.isTrue() && mighty) {
            escalation.refuse(
                    "a privileged container can always gain privileges", "Write true, or take the privilege away.");
        }
    }
}
