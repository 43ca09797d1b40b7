package io.meshwright.secrets;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A Secret that must exist before what uses it can work.
 *
 * @param keys that are read, in order; none where all are taken as they come
 * @param users the objects that read it, as {@code Kind name}
 * @param urls what it opens, where that stands in it too
 */
record NeededSecret(String namespace, String name, Form form, Set<String> keys, Set<String> users, Set<String> urls) {
    /** The things of which kubectl makes it. */
    enum Form {
        VALUES,
        CERTIFICATE,
        REGISTRY,
        REPOSITORY
    }

    static NeededSecret of(String namespace, String name, Form form) {
        return new NeededSecret(namespace, name, form, new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    /** Returns its place, as one word. */
    String place() {
        return "%s/%s".formatted(namespace, name);
    }

    /** The command that makes it from files, or of one key from standard input; no value stands in it. */
    String command() {
        String head = "kubectl -n %s create secret".formatted(namespace);
        return switch (form) {
            case CERTIFICATE -> "%s tls %s --cert=tls.crt --key=tls.key".formatted(head, name);
            case REGISTRY ->
                ("%s generic %s --type=kubernetes.io/dockerconfigjson" + " --from-file=.dockerconfigjson=config.json")
                        .formatted(head, name);
            // Argo CD finds it by this label, and by the address of which it is the key.
            case REPOSITORY ->
                ("%s generic %s --from-literal=type=git --from-literal=url=%s --from-file=sshPrivateKey=/dev/stdin"
                                + " && kubectl -n %s label secret %s argocd.argoproj.io/secret-type=repository")
                        .formatted(head, name, String.join(" ", urls), namespace, name);
            case VALUES -> "%s generic %s %s".formatted(head, name, sources());
        };
    }

    private String sources() {
        if (keys.isEmpty()) {
            return "--from-file=%s/".formatted(name);
        }
        return keys.size() == 1
                ? "--from-file=%s=/dev/stdin".formatted(keys.iterator().next())
                : keys.stream()
                        .map(key -> "--from-file=%1$s=%1$s".formatted(key))
                        .collect(Collectors.joining(" "));
    }
}
