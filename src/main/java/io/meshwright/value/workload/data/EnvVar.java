package io.meshwright.value.workload.data;

import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import io.meshwright.value.Shorthand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The value of one environment variable: a text, or the place that it is read from when the container starts. */
@Doc("Its value; or one of fieldRef, resourceFieldRef, configMapKeyRef and secretKeyRef, from which it is read when the"
        + " container starts.")
public record EnvVar(
        @Nullable @Doc("Its value; $(NAME) stands for another variable of the container.")
        String value,

        @Nullable @Doc("A field of the pod, such as status.podIP.")
        FieldRef fieldRef,

        @Nullable @Doc("What a container of the pod requests, or its limit, such as limits.memory.")
        ResourceFieldRef resourceFieldRef,

        @Nullable @Doc("A key of a ConfigMap of the namespace.") @Sample("{name: settings, key: level}")
        KeyRef configMapKeyRef,

        @Nullable
        @Doc("A key of a Secret of the namespace; secretEnv says the same in a word.")
        @Sample("{name: database, key: password}")
        KeyRef secretKeyRef) {
    public EnvVar {
        Require.that(
                Stream.of(value, fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef)
                                .filter(Objects::nonNull)
                                .count()
                        == 1,
                "",
                "is not exactly one of value, fieldRef, resourceFieldRef, configMapKeyRef and secretKeyRef",
                "give one of them");
        if (fieldRef != null) {
            fieldRef.asVariable("fieldRef");
        }
    }

    @Shorthand
    public static EnvVar of(String value) {
        return new EnvVar(value, null, null, null, null);
    }

    /** Variables that are texts, in their order. */
    public static Map<String, EnvVar> texts(Map<String, String> texts) {
        Map<String, EnvVar> variables = new LinkedHashMap<>();
        texts.forEach((variable, text) -> variables.put(variable, of(text)));
        return variables;
    }

    /** A field of the pod. */
    public static EnvVar of(FieldRef field) {
        return new EnvVar(null, field, null, null, null);
    }

    /** A key of a ConfigMap. */
    public static EnvVar ofConfigMap(KeyRef key) {
        return new EnvVar(null, null, null, key, null);
    }

    /** Names of the variables that its text stands for, as {@code $(NAME)}; {@code $$(NAME)} is a text. */
    public List<String> references() {
        List<String> names = new ArrayList<>();
        String text = value == null ? "" : value;
        int at = text.indexOf('$');
        while (at >= 0 && at + 1 < text.length()) {
            int end = text.indexOf(')', at);
            if (text.charAt(at + 1) == '(' && end > 0) {
                names.add(text.substring(at + 2, end));
                at = end - 1;
            }
            at = text.indexOf('$', at + 2); // two dollars are one that opens nothing
        }
        return names;
    }
}
