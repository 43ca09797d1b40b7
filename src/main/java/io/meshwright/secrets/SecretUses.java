package io.meshwright.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.secrets.NeededSecret.Form;
import io.meshwright.value.istio.IstioNames;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Secrets that manifests read, and those that they make. */
final class SecretUses {
    private static final String ISTIO_SYSTEM = IstioNames.ROOT_NAMESPACE.toString();
    private static final String CERT_MANAGER = "cert-manager";
    private static final String AUTHORITY = "ca.crt";
    private static final String NAME = "name";
    private static final List<String> POD_TEMPLATES =
            List.of("/spec/template/spec", "/spec/jobTemplate/spec/template/spec", "/spec");

    private final SortedMap<String, NeededSecret> needed = new TreeMap<>();
    private final SortedMap<String, String> made = new TreeMap<>();

    SecretUses(Manifests manifests) {
        manifests.all().forEach(this::look);
    }

    /** By {@code namespace/name}. */
    SortedMap<String, NeededSecret> needed() {
        return needed;
    }

    /** Returns the makers of Secrets, by {@code namespace/name}. */
    SortedMap<String, String> made() {
        return made;
    }

    /** Adds a key that the reader of a whole Secret looks for, or what only a chart reads. */
    void know(String place, String key) {
        NeededSecret secret = needed.get(place);
        if (secret == null) {
            String[] both = place.split("/", 2);
            use(both[0], both[1], key, "a chart");
        } else {
            secret.keys().add(key);
        }
    }

    private void use(String namespace, String name, String key, String user) {
        use(namespace, name, Form.VALUES, key, user);
    }

    private void use(String namespace, String name, Form form, String key, String user) {
        if (!name.isEmpty()) {
            NeededSecret secret = needed(namespace, name, form);
            secret.users().add(user);
            if (!key.isEmpty()) {
                secret.keys().add(key);
            }
        }
    }

    private NeededSecret needed(String namespace, String name, Form form) {
        return needed.computeIfAbsent(
                "%s/%s".formatted(namespace, name), place -> NeededSecret.of(namespace, name, form));
    }

    private void look(Manifest manifest) {
        String kind = manifest.kind().name();
        String user = "%s %s".formatted(kind, manifest.name());
        switch (kind) {
            case "Secret", "SealedSecret" -> made(manifest.home(), manifest.name(), user);
            case "ExternalSecret" ->
                made(manifest.home(), manifest.text("/spec/target/name").orElse(manifest.name()), user);
            case "Certificate" ->
                made(manifest.home(), manifest.text("/spec/secretName").orElse(""), user);
            case "Gateway" -> gateway(manifest, user);
            case "Application" -> repository(manifest, user);
            case "GitRepository" -> fluxRepository(manifest, user);
            case "Provider" ->
                use(manifest.home(), manifest.text("/spec/secretRef/name").orElse(""), "token", user);
            case "ClusterIssuer" -> issuer(manifest, CERT_MANAGER, user);
            case "Issuer" -> issuer(manifest, manifest.home(), user);
            default ->
                POD_TEMPLATES.stream()
                        .map(manifest::at)
                        .filter(pod -> pod.has("containers"))
                        .findFirst()
                        .ifPresent(pod -> pod(pod, manifest.home(), user));
        }
    }

    /** The key with which Argo CD reads a repository by SSH. */
    private void repository(Manifest application, String user) {
        String url = application.text("/spec/source/repoURL").orElse("");
        if (url.matches("ssh://.+|[a-z_][-a-z0-9_]*@[^/]+:.+")) {
            String name = "repository-%s"
                    .formatted(url.replaceFirst("\\.git$", "")
                            .replaceFirst(".*[/:]", "")
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^a-z0-9]+", "-"));
            use(application.home(), name, Form.REPOSITORY, "sshPrivateKey", user);
            needed(application.home(), name, Form.REPOSITORY).urls().add(url);
        }
    }

    /** The key, or the user and password, with which Flux reads a repository [fluxcd.io, Git Repositories]. */
    private void fluxRepository(Manifest repository, String user) {
        boolean ssh = repository.text("/spec/url").orElse("").startsWith("ssh:");
        for (String key : ssh ? List.of("identity", "known_hosts") : List.of("username", "password")) {
            use(repository.home(), repository.text("/spec/secretRef/name").orElse(""), key, user);
        }
    }

    private void made(String namespace, String name, String maker) {
        made.put("%s/%s".formatted(namespace, name), maker);
    }

    /** The gateway's pods, which run in Istio's namespace, read certificates there. */
    private void gateway(Manifest manifest, String user) {
        for (JsonNode server : manifest.at("/spec/servers")) {
            String name = server.at("/tls/credentialName").asText();
            use(ISTIO_SYSTEM, name, Form.CERTIFICATE, "", user);
            if (!name.isEmpty() && server.at("/tls/mode").asText().equals("MUTUAL")) {
                use(ISTIO_SYSTEM, name.concat("-cacert"), AUTHORITY, user);
            }
        }
        for (JsonNode listener : manifest.at("/spec/listeners")) {
            for (JsonNode reference : listener.at("/tls/certificateRefs")) {
                use(
                        reference.path("namespace").asText(manifest.home()),
                        reference.path(NAME).asText(),
                        Form.CERTIFICATE,
                        "",
                        user);
            }
        }
    }

    private void issuer(Manifest manifest, String namespace, String user) {
        use(namespace, manifest.text("/spec/ca/secretName").orElse(""), Form.CERTIFICATE, "", user);
        tokens(manifest.body().path("spec"), namespace, user);
    }

    /** References such as {@code apiTokenSecretRef} of an issuer's solvers; it makes its account's key itself. */
    private void tokens(JsonNode node, String namespace, String user) {
        node.properties().forEach(entry -> {
            if (entry.getKey().endsWith("SecretRef") && !entry.getKey().equals("privateKeySecretRef")) {
                use(
                        namespace,
                        entry.getValue().path(NAME).asText(),
                        entry.getValue().path("key").asText(),
                        user);
            }
        });
        node.forEach(below -> tokens(below, namespace, user));
    }

    private void pod(JsonNode pod, String namespace, String user) {
        for (JsonNode secret : pod.path("imagePullSecrets")) {
            use(namespace, secret.path(NAME).asText(), Form.REGISTRY, "", user);
        }
        for (String containers : List.of("initContainers", "containers")) {
            for (JsonNode container : pod.path(containers)) {
                container.path("env").forEach(env -> read(env.at("/valueFrom/secretKeyRef"), NAME, namespace, user));
                container.path("envFrom").forEach(from -> read(from.path("secretRef"), NAME, namespace, user));
            }
        }
        for (JsonNode volume : pod.path("volumes")) {
            read(volume.path("secret"), "secretName", namespace, user);
            volume.at("/projected/sources").forEach(source -> read(source.path("secret"), NAME, namespace, user));
        }
    }

    private void read(JsonNode reference, String name, String namespace, String user) {
        if (reference.path("optional").asBoolean(false)) {
            return; // works without
        }
        String called = reference.path(name).asText();
        use(namespace, called, reference.path("key").asText(), user);
        reference
                .path("items")
                .forEach(item -> use(namespace, called, item.path("key").asText(), user));
    }
}
