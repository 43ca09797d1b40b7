package io.meshwright.construct.pod;

import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.EnvVarSourceBuilder;
import io.meshwright.value.SecretRef;
import io.meshwright.value.workload.data.EnvFrom;
import io.meshwright.value.workload.data.KeyRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the environment variables of a container. Spring Boot, Keycloak and MySQL read their secrets from variables;
 * the Secret itself is readable by nobody else (checkov CKV_K8S_35).
 */
final class PodVariables {
    private PodVariables() {}

    /**
     * In the order of the file, those from Secrets last; one that others name by {@code $(NAME)} stands before them.
     */
    static List<EnvVar> of(PodContainer.Variables settings) {
        Set<String> named = new HashSet<>();
        settings.env().values().forEach(source -> named.addAll(source.references()));
        List<EnvVar> variables = new ArrayList<>();
        List<EnvVar> last = new ArrayList<>();
        settings.secretEnv()
                .forEach((name, secret) -> (named.contains(name) ? variables : last).add(variable(name, secret)));
        settings.env().forEach((name, source) -> variables.add(variable(name, source)));
        variables.addAll(last);
        return variables;
    }

    static EnvFromSource source(EnvFrom from) {
        EnvFromSourceBuilder source = new EnvFromSourceBuilder().withPrefix(from.prefix());
        if (from.configMapRef() != null) {
            source.withNewConfigMapRef(from.configMapRef().toString(), ifTrue(from.optional()));
        }
        if (from.secretRef() != null) {
            source.withNewSecretRef(from.secretRef().toString(), ifTrue(from.optional()));
        }
        return source.build();
    }

    private static EnvVar variable(String name, SecretRef secret) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(secret.key().orElseThrow(), secret.name(), null)
                .endValueFrom()
                .build();
    }

    private static EnvVar variable(String name, io.meshwright.value.workload.data.EnvVar variable) {
        if (variable.value() != null) {
            return new EnvVarBuilder()
                    .withName(name)
                    .withValue(variable.value())
                    .build();
        }
        EnvVarSourceBuilder source = new EnvVarSourceBuilder();
        if (variable.fieldRef() != null) {
            source.withNewFieldRef()
                    .withFieldPath(variable.fieldRef().fieldPath())
                    .endFieldRef();
        } else if (variable.resourceFieldRef() != null) {
            source.withResourceFieldRef(PodData.resource(variable.resourceFieldRef()));
        }
        KeyRef configMap = variable.configMapKeyRef();
        if (configMap != null) {
            source.withNewConfigMapKeyRef(configMap.key(), configMap.name().toString(), ifTrue(configMap.optional()));
        }
        KeyRef secret = variable.secretKeyRef();
        if (secret != null) {
            source.withNewSecretKeyRef(secret.key(), secret.name().toString(), ifTrue(secret.optional()));
        }
        return new EnvVarBuilder().withName(name).withValueFrom(source.build()).build();
    }

    /** Absent where it is false, which is Kubernetes' default. */
    static @Nullable Boolean ifTrue(boolean optional) {
        return optional ? Boolean.TRUE : null;
    }
}
