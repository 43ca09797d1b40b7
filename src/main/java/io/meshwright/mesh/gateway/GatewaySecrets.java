package io.meshwright.mesh.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every Secret that is written or that something written makes, with its keys as far as the manifests tell them. */
public final class GatewaySecrets {
    static final Kind EXTERNAL_SECRET = new Kind("external-secrets.io", "ExternalSecret");
    private static final Kind TLS_POLICY = new Kind("kuadrant.io", "TLSPolicy");
    private static final Kind SEALED_SECRET = new Kind("bitnami.com", "SealedSecret");

    private static final List<String> ISSUERS =
            List.of("cert-manager.io/issuer", "cert-manager.io/cluster-issuer", "kubernetes.io/tls-acme");
    /** By which a Secret is copied into other namespaces (reflector, kubernetes-replicator). */
    private static final List<String> COPIED = List.of(
            "reflector.v1.k8s.emberstack.com/reflection-auto-enabled", "replicator.v1.mittwald.de/replicate-to");

    private final Manifests manifests;
    private final Map<String, Optional<Set<String>>> keys = new TreeMap<>();
    private final Map<String, List<Manifest>> certificates = new TreeMap<>();

    private final Set<String> copied = new TreeSet<>();
    private final Set<String> written = new TreeSet<>();
    private final Map<String, SecretOrigin> unwritten = new TreeMap<>();

    private GatewaySecrets(Manifests manifests) {
        this.manifests = manifests;
    }

    public static GatewaySecrets of(Manifests manifests) {
        GatewaySecrets secrets = new GatewaySecrets(manifests);
        manifests.kind(Kind.SECRET).forEach(secret -> secrets.put(secret, secret.name(), "/data", "/stringData"));
        Stream.of(Kind.SECRET, Kind.CERTIFICATE, SEALED_SECRET, EXTERNAL_SECRET)
                .flatMap(kind -> manifests.kind(kind).stream())
                .forEach(secrets::copied);
        // What needs no seal stands in its template (sealed-secrets, SealedSecretSpec).
        manifests
                .kind(SEALED_SECRET)
                .forEach(secret -> secrets.put(secret, secret.name(), "/spec/encryptedData", "/spec/template/data"));
        manifests.kind(Kind.CERTIFICATE).forEach(secrets::issued);
        manifests.kind(EXTERNAL_SECRET).forEach(secrets::synced);
        manifests.kind(Kind.API_GATEWAY).forEach(secrets::asked);
        manifests.kind(Kind.INGRESS).forEach(secrets::asked);
        return secrets;
    }

    /**
     * cert-manager makes the Secrets that an annotated Gateway names at listeners with a hostname, or an annotated
     * Ingress under its hosts; for a Gateway a TLSPolicy of Kuadrant asks for the same.
     */
    private void asked(Manifest asking) {
        if (ISSUERS.stream().noneMatch(asking.at("/metadata/annotations")::has) && !hasPolicy(asking)) {
            return;
        }
        for (JsonNode listener : Fields.items(asking.at("/spec/listeners"))) {
            boolean terminated = listener.at("/tls/mode").asText("Terminate").equals("Terminate");
            if (terminated && listener.hasNonNull("hostname")) {
                Fields.items(listener.at("/tls/certificateRefs")).stream()
                        .filter(reference -> reference
                                .path("namespace")
                                .asText(asking.home())
                                .equals(asking.home()))
                        .forEach(reference -> made(asking, reference.path("name")));
            }
        }
        Fields.items(asking.at("/spec/tls")).forEach(entry -> made(asking, entry.path("secretName")));
    }

    private boolean hasPolicy(Manifest gateway) {
        return gateway.kind().equals(Kind.API_GATEWAY)
                && manifests.kind(TLS_POLICY).stream()
                        .filter(policy -> policy.home().equals(gateway.home()))
                        .anyMatch(policy -> policy.text("/spec/targetRef/name").equals(Optional.of(gateway.name())));
    }

    private void made(Manifest asking, JsonNode name) {
        Fields.text(name).map(secret -> key(asking.home(), secret)).ifPresent(secret -> {
            keys.putIfAbsent(secret, Optional.empty());
            written.add(secret);
        });
    }

    /** Tells apart what an object writes and what it has no origin for. */
    private void wanted(Manifest writer, String secret) {
        SecretOrigin.of(writer)
                .filter(origin -> origin.astray(manifests).isPresent())
                .ifPresentOrElse(origin -> unwritten.putIfAbsent(secret, origin), () -> written.add(secret));
    }

    /** A Secret with an annotation of its own, or of the template from which it is made, is elsewhere too. */
    private void copied(Manifest source) {
        boolean everywhere = Stream.of(
                        "/metadata",
                        "/spec/secretTemplate",
                        "/spec/template/metadata",
                        "/spec/target/template/metadata")
                .map(holder -> source.at(holder.concat("/annotations")))
                .anyMatch(annotations -> COPIED.stream().anyMatch(annotations::has));
        if (everywhere) {
            copied.add(source.text("/spec/secretName")
                    .or(() -> source.text("/spec/target/name"))
                    .orElse(source.name()));
        }
    }

    /** True if a Secret of that namespace, or one of that name elsewhere, shows that the Secret would be here too. */
    public boolean tellOf(String namespace, String name) {
        String within = key(namespace, "");
        String called = key("", name);
        return keys.keySet().stream().anyMatch(key -> key.startsWith(within) || key.endsWith(called));
    }

    /** True if the manifests give it nowhere in the namespace, though they tell enough of Secrets to have it there. */
    public boolean lack(String namespace, String name) {
        return !has(namespace, name) && tellOf(namespace, name);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    public boolean has(String namespace, String name) {
        return keys.containsKey(key(namespace, name)) || copied.contains(name);
    }

    /** Empty where nothing tells them, or nothing makes the Secret. */
    public Optional<Set<String>> keys(String namespace, String name) {
        return keys.getOrDefault(key(namespace, name), Optional.empty());
    }

    /** The origin of a Secret that nobody else writes, and which is not where it is looked for. */
    public Optional<SecretOrigin> unwritten(String namespace, String name) {
        String secret = key(namespace, name);
        return written.contains(secret) || copied.contains(name)
                ? Optional.empty()
                : Optional.ofNullable(unwritten.get(secret));
    }

    /** The Certificates of cert-manager that are written into a Secret. */
    public List<Manifest> certificates(String namespace, String name) {
        return certificates.getOrDefault(key(namespace, name), List.of());
    }

    private void put(Manifest secret, String name, String... pointers) {
        Set<String> found = new TreeSet<>();
        for (String pointer : pointers) {
            secret.at(pointer).fieldNames().forEachRemaining(found::add);
        }
        keys.put(key(secret.home(), name), Optional.of(found));
        if (!secret.kind().equals(EXTERNAL_SECRET)) {
            written.add(key(secret.home(), name));
        }
    }

    // Of an issuer with a CA of its own cert-manager writes it beside the certificate; ACME has none to give.
    private void issued(Manifest certificate) {
        certificate
                .text("/spec/secretName")
                .map(name -> key(certificate.home(), name))
                .ifPresent(secret -> {
                    wanted(certificate, secret);
                    keys.put(
                            secret,
                            isAcme(certificate)
                                    ? Optional.of(new TreeSet<>(List.of("tls.crt", "tls.key")))
                                    : Optional.empty());
                    certificates
                            .computeIfAbsent(secret, none -> new ArrayList<>(1))
                            .add(certificate);
                });
    }

    private boolean isAcme(Manifest certificate) {
        Kind issuer = new Kind(
                Kind.CERTIFICATE.group(),
                certificate.text("/spec/issuerRef/kind").orElse("Issuer"));
        String name = certificate.text("/spec/issuerRef/name").orElse("");
        return manifests.kind(issuer).stream()
                .filter(found -> found.name().equals(name))
                .anyMatch(found -> found.at("/spec/acme").isObject());
    }

    private void synced(Manifest external) {
        String name = external.text("/spec/target/name").orElse(external.name());
        wanted(external, key(external.home(), name));
        JsonNode template = external.at("/spec/target/template/data");
        if (template.isObject()) {
            put(external, name, "/spec/target/template/data");
        } else if (external.at("/spec/dataFrom").isEmpty()) {
            Set<String> found = new TreeSet<>();
            Fields.items(external.at("/spec/data"))
                    .forEach(entry -> found.add(entry.path("secretKey").asText()));
            keys.put(key(external.home(), name), Optional.of(found));
        } else {
            keys.put(key(external.home(), name), Optional.empty());
        }
    }

    private static String key(String namespace, String name) {
        return "%s/%s".formatted(namespace, name);
    }
}
