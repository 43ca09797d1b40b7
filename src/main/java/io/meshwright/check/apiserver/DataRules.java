package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ConfigMaps and Secrets (core/validation, ValidateConfigMap and ValidateSecret). */
final class DataRules {
    private static final String ACCOUNT = "kubernetes.io/service-account.name";
    private static final int LARGEST = 1 << 20;
    // Of the keys of basic-auth one is enough.
    private static final Map<String, List<String>> KEYS = Map.of(
            "kubernetes.io/tls",
            List.of("tls.crt", "tls.key"),
            "kubernetes.io/dockerconfigjson",
            List.of(".dockerconfigjson"),
            "kubernetes.io/dockercfg",
            List.of(".dockercfg"),
            "kubernetes.io/ssh-auth",
            List.of("ssh-privatekey"));

    private DataRules() {}

    static void configMap(Field map) {
        data(map, "data", "binaryData");
        for (Field entry : map.at("binaryData").entries()) {
            if (map.at("data").at(entry.key()).isSet()) {
                entry.refuse("\"%s\" is in data as well".formatted(entry.key()), "Write each key once.");
            }
        }
    }

    static void secret(Field secret) {
        data(secret, "data", "stringData");
        token(secret);
        Optional<String> missing = KEYS.getOrDefault(secret.at("type").text(), List.of()).stream()
                .filter(key -> !secret.at("data").at(key).isSet()
                        && !secret.at("stringData").at(key).isSet())
                .findFirst();
        missing.ifPresent(key -> secret.at("type")
                .refuse(
                        "a Secret of type \"%s\" holds \"%s\", and this does not"
                                .formatted(secret.at("type").text(), key),
                        "Add the key, or write type Opaque."));
    }

    /** A token that the control plane writes names its account. */
    private static void token(Field secret) {
        Field name = secret.at("metadata").at("annotations").at(ACCOUNT);
        if (secret.at("type").text().equals("kubernetes.io/service-account-token") && name.isEmpty()) {
            secret.at("type").refuse("it is not said whose token it is", "Write the annotation %s.".formatted(ACCOUNT));
        }
    }

    private static void data(Field object, String... parts) {
        long size = 0;
        for (String part : parts) {
            Form.KEY_OF_DATA.examineKeys(object.at(part));
            boolean encoded = part.equals("binaryData") || part.equals("data") && parts[1].equals("stringData");
            size += object.at(part).entries().stream()
                            .mapToLong(entry -> entry.text().length())
                            .sum()
                    * (encoded ? 3 : 4)
                    / 4;
        }
        if (size > LARGEST) {
            object.refuse("the object holds %d bytes of data".formatted(size), "Keep them below 1 MiB, or in several.");
        }
    }
}
