package io.meshwright.value.security;

import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The mesh's PeerAuthentications and DestinationRules as one value, so that the two can never disagree (incident I2).
 *
 * @param plaintext servers that clients in the mesh call without mutual TLS, by choice
 */
public record MtlsPlan(
        MtlsMode mesh, Map<Name, MtlsMode> namespaces, List<Exemption> exemptions, List<Party> plaintext) {
    public MtlsPlan {
        Require.present("mesh", mesh);
        namespaces = Collections.unmodifiableMap(new TreeMap<>(namespaces));
        exemptions = List.copyOf(exemptions);
        plaintext = List.copyOf(plaintext);
    }

    /** One mode for the whole mesh. */
    public static MtlsPlan of(MtlsMode mesh) {
        return new MtlsPlan(mesh, Map.of(), List.of(), List.of());
    }

    public MtlsPlan withNamespace(Name namespace, MtlsMode mode) {
        Map<Name, MtlsMode> more = new TreeMap<>(namespaces);
        more.put(namespace, mode);
        return new MtlsPlan(mesh, more, exemptions, plaintext).checked();
    }

    public MtlsPlan withException(Party server, MtlsException exception) {
        Exemption exemption = new Exemption(server, exception);
        Require.that(
                exemptions.stream().noneMatch(exemption::meansTheSameAs),
                "exceptions",
                "\"%s\" has two exceptions for %s".formatted(server, exemption.where()),
                "keep one of them");
        return new MtlsPlan(mesh, namespaces, plus(exemptions, exemption), plaintext).checked();
    }

    /** Clients in the mesh call this server in plaintext; refused where some port of it is STRICT. */
    public MtlsPlan withPlaintextTo(Party server) {
        return new MtlsPlan(mesh, namespaces, exemptions, plus(plaintext, server)).checked();
    }

    /** The mode in force at a port: of the port, else the workload, else the namespace, else the mesh. */
    public MtlsMode effective(Party server, TargetPort port) {
        return mode(server, exception -> port.number().equals(exception.port()))
                .or(() -> mode(server, exception -> exception.port() == null))
                .orElseGet(() -> namespaces.getOrDefault(server.namespace(), mesh));
    }

    /** True if the server's DestinationRule must say ISTIO_MUTUAL for this port; it says DISABLE otherwise. */
    public boolean callsWithMutualTls(Party server, TargetPort port) {
        return server.inMesh() && effective(server, port).acceptsMutualTls() && !plaintext.contains(server);
    }

    public Connection connection(Party client, Party server, TargetPort port) {
        return new ConnectionReasoning(this, client, server, port).connection();
    }

    private Optional<MtlsMode> mode(Party server, Predicate<MtlsException> where) {
        return exemptions.stream()
                .filter(exemption -> exemption.server().equals(server))
                .map(Exemption::exception)
                .filter(where)
                .map(MtlsException::mode)
                .findFirst();
    }

    private MtlsPlan checked() {
        for (Party server : plaintext) {
            for (TargetPort port : server.ports()) {
                Require.that(
                        !server.inMesh() || effective(server, port).acceptsPlaintext(),
                        "tls",
                        "plaintext is sent to \"%s\", whose port %s is STRICT".formatted(server, port),
                        "call it with mutual TLS, or give it an exception with the mode PERMISSIVE");
            }
        }
        return this;
    }

    private static <T> List<T> plus(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    /** An exception together with the pods that it is about. */
    public record Exemption(Party server, MtlsException exception) {
        public Exemption {
            Require.that(
                    server.inMesh(),
                    "service",
                    "\"%s\" has no sidecar that could obey".formatted(server),
                    "remove the exception, or take the service into the mesh");
            Require.that(
                    !server.podLabels().isEmpty(),
                    "service",
                    "\"%s\" selects every pod".formatted(server),
                    "give the labels of one workload");
            Port port = exception.port();
            Require.that(
                    port == null
                            || server.ports().stream()
                                    .anyMatch(each -> each.number().equals(port)),
                    "port",
                    "\"%s\" is no container port of \"%s\"".formatted(port, server),
                    "give one of: %s"
                            .formatted(server.ports().stream()
                                    .map(TargetPort::toString)
                                    .collect(Collectors.joining(", "))));
        }

        boolean meansTheSameAs(Exemption other) {
            return server.equals(other.server) && where().equals(other.where());
        }

        /** {@code every port}, or {@code port 8080}. */
        public String where() {
            return exception.port() == null ? "every port" : "port %s".formatted(exception.port());
        }
    }
}
