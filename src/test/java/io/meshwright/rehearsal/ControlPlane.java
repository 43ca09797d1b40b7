package io.meshwright.rehearsal;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.meshwright.rehearsal.process.Patience;
import io.meshwright.rehearsal.process.Ports;
import io.meshwright.rehearsal.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.UUID;

/** A Kubernetes control plane of its own, empty at first: etcd, API server and controllers, all on loopback. */
final class ControlPlane implements AutoCloseable {
    /**
     * Addresses of Services. All of 127.0.0.0/8 is this machine, so a program that listens on its Service's address is
     * reached by the API server, which dials a webhook's Service and not its pods.
     */
    private static final String SERVICES = "127.112.0.0/16";

    static final String FIRST_SERVICE = "127.112.0.1";

    private final Processes processes;
    private final Path kubeconfig;
    private final KubernetesClient client;

    private ControlPlane(Processes processes, Path kubeconfig, KubernetesClient client) {
        this.processes = processes;
        this.kubeconfig = kubeconfig;
        this.client = client;
    }

    /** Ready to be asked when this returns. */
    static ControlPlane start(Installed installed, Processes processes) throws Exception {
        Path folder = processes.folder();
        String token = UUID.randomUUID().toString();
        Files.writeString(folder.resolve("tokens.csv"), "%s,admin,admin,\"system:masters\"%n".formatted(token));
        writeAccountKeys(folder);
        Path kubeconfig = writeKubeconfig(folder, token);
        startEtcd(installed, processes);
        Processes.Kept server = startApiServer(installed, processes);
        Path authority = folder.resolve("certificates/apiserver.crt");
        Patience.of(120).await("the API server's certificate", () -> Files.size(authority) > 0);
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:%d".formatted(Ports.API_SERVER))
                .withOauthToken(token)
                .withCaCertFile(authority.toString())
                .build();
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        Patience.of(180).await("the API server", () -> client.raw("/readyz").contains("ok"), () -> lines(server));
        startControllers(installed, processes, kubeconfig);
        return new ControlPlane(processes, kubeconfig, client);
    }

    KubernetesClient client() {
        return client;
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    Processes processes() {
        return processes;
    }

    private static void startEtcd(Installed installed, Processes processes) throws IOException {
        String clients = "http://127.0.0.1:%d".formatted(Ports.ETCD);
        String peers = "http://127.0.0.1:%d".formatted(Ports.ETCD_PEERS);
        processes.start(
                "etcd",
                installed.program("etcd"),
                "--data-dir",
                processes.folder().resolve("etcd"),
                "--listen-client-urls",
                clients,
                "--advertise-client-urls",
                clients,
                "--listen-peer-urls",
                peers,
                "--initial-advertise-peer-urls",
                peers,
                "--initial-cluster",
                "default=%s".formatted(peers),
                "--unsafe-no-fsync");
    }

    /** Validating webhooks are off, since only Istio's are answered here and those of other charts would refuse all. */
    private static Processes.Kept startApiServer(Installed installed, Processes processes) throws IOException {
        Path folder = processes.folder();
        return processes.start(
                "kube-apiserver",
                installed.program("kube-apiserver"),
                "--etcd-servers=http://127.0.0.1:%d".formatted(Ports.ETCD),
                "--secure-port=%d".formatted(Ports.API_SERVER),
                "--bind-address=127.0.0.1",
                "--endpoint-reconciler-type=none",
                "--cert-dir=%s".formatted(folder.resolve("certificates")),
                "--service-account-signing-key-file=%s".formatted(folder.resolve("accounts.key")),
                "--service-account-key-file=%s".formatted(folder.resolve("accounts.pub")),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--token-auth-file=%s".formatted(folder.resolve("tokens.csv")),
                "--authorization-mode=RBAC",
                "--service-cluster-ip-range=%s".formatted(SERVICES),
                "--allow-privileged=true",
                "--disable-admission-plugins=ValidatingAdmissionWebhook");
    }

    /** Nodes are not watched for heartbeats: a busy machine would evict their pods. */
    private static void startControllers(Installed installed, Processes processes, Path kubeconfig) throws IOException {
        Path folder = processes.folder();
        processes.start(
                "kube-controller-manager",
                installed.program("kube-controller-manager"),
                "--kubeconfig=%s".formatted(kubeconfig),
                "--leader-elect=false",
                "--bind-address=127.0.0.1",
                "--secure-port=%d".formatted(Ports.CONTROLLERS),
                "--cert-dir=%s".formatted(folder.resolve("certificates-controllers")),
                "--service-account-private-key-file=%s".formatted(folder.resolve("accounts.key")),
                "--root-ca-file=%s".formatted(folder.resolve("certificates/apiserver.crt")),
                "--controllers=*,-nodeipam,-node-lifecycle-controller");
    }

    private static void writeAccountKeys(Path folder) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        Files.writeString(
                folder.resolve("accounts.key"),
                pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Files.writeString(
                folder.resolve("accounts.pub"),
                pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), what);
    }

    private static Path writeKubeconfig(Path folder, String token) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
        apiVersion: v1
        kind: Config
        current-context: rehearsal
        clusters:
          - name: rehearsal
            cluster: {server: "https://127.0.0.1:%d", certificate-authority: "%s"}
        users: [{name: admin, user: {token: "%s"}}]
        contexts: [{name: rehearsal, context: {cluster: rehearsal, user: admin}}]
        """.formatted(
                        Ports.API_SERVER, folder.resolve("certificates/apiserver.crt"), token));
    }

    private static String lines(Processes.Kept process) {
        try {
            return process.lastLines();
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
