package io.meshwright.rehearsal;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshwright.rehearsal.process.Ports;
import io.meshwright.rehearsal.process.Processes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** A real Argo CD: repository server and application controller, with the settings of its own ConfigMaps. */
final class ArgoCd {
    // How often Git is asked; three minutes by default.
    private static final String ASKED_EVERY = "20s";

    private final Installed installed;
    private final ControlPlane control;
    private final String program;

    /** The program that stands in for a chart's Argo CD: 3.0.12 carries its own number, everything newer is 3.5.7. */
    static String program(Dist dist) {
        String chart =
                dist.application("argocd").at("/spec/source/targetRevision").asText();
        return Integer.parseInt(chart.substring(0, chart.indexOf('.'))) <= 8 ? "argocd-3.0.12" : "argocd";
    }

    /** The folder with its source, in which its definitions lie. */
    static String source(String program) {
        return program.replace("argocd", "argo-cd");
    }

    ArgoCd(Installed installed, ControlPlane control, String program) {
        this.installed = installed;
        this.control = control;
        this.program = program;
    }

    /** As the README's step 2 says, with the address of the chart alone changed. */
    void install(Dist dist) throws IOException, InterruptedException {
        Processes processes = control.processes();
        processes.run(
                processes.folder(),
                installed.program("helm"),
                "--kubeconfig",
                control.kubeconfig(),
                "install",
                "argocd",
                "argo-cd",
                "--repo",
                ChartRepository.url(),
                "--version",
                dist.application("argocd").at("/spec/source/targetRevision").asText(),
                "--namespace",
                "argocd",
                "--create-namespace",
                "--values",
                dist.folder().resolve("bootstrap/helmvalues.argocd.yaml"));
        // Its server, which is not here, would fill the chart's empty Secret when it first starts.
        KubernetesClient client = control.client();
        client.secrets()
                .inNamespace("argocd")
                .withName("argocd-secret")
                .edit(secret -> new SecretBuilder(secret)
                        .addToStringData("server.secretkey", "rehearsal")
                        .build());
    }

    void start() throws IOException {
        Processes processes = control.processes();
        Path folder = processes.folder();
        String redis = "127.0.0.1:%d".formatted(Ports.REDIS);
        String repositories = "127.0.0.1:%d".formatted(Ports.REPOSITORIES);
        processes.start(
                "redis",
                installed.program("redis-server"),
                "--port",
                Ports.REDIS,
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                folder);
        Map<String, String> variables = variables(folder);
        variables.put("ARGOCD_BINARY_NAME", "argocd-repo-server");
        processes.start(
                "argocd-repo-server",
                variables,
                installed.program(program),
                "--port",
                Ports.REPOSITORIES,
                "--metrics-port",
                Ports.REPOSITORIES_METRICS,
                "--redis",
                redis,
                "--disable-tls",
                authority());
        variables.put("ARGOCD_BINARY_NAME", "argocd-application-controller");
        processes.start(
                "argocd-application-controller",
                variables,
                installed.program(program),
                "--kubeconfig",
                control.kubeconfig(),
                "--namespace",
                "argocd",
                "--repo-server",
                repositories,
                "--repo-server-plaintext",
                "--redis",
                redis,
                "--metrics-port",
                Ports.APPLICATIONS_METRICS,
                "--self-heal-timeout-seconds",
                5);
    }

    /** 3.0.12 does not know the flag; without it, 3.5.7 looks for a file that its image has. */
    private String authority() {
        return program.equals("argocd") ? "--client-ca-path=" : "--loglevel=info";
    }

    private Map<String, String> variables(Path folder) throws IOException {
        Path own = Files.createDirectories(folder.resolve("argocd"));
        for (String below : new String[] {"bin", "tls", "ssh", "tmp", "home"}) {
            Files.createDirectories(own.resolve(below));
        }
        Files.createFile(own.resolve("ssh/ssh_known_hosts"));
        // Its image brings this one; commits are not signed here.
        Path verify = Files.writeString(own.resolve("bin/git-verify-wrapper.sh"), "#!/bin/sh\nexit 0\n");
        Files.setPosixFilePermissions(verify, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new HashMap<>(Map.of(
                "ARGOCD_FAKE_IN_CLUSTER",
                "true",
                "KUBECONFIG",
                control.kubeconfig().toString(),
                "ARGOCD_GPG_ENABLED",
                "false",
                "ARGOCD_TLS_DATA_PATH",
                own.resolve("tls").toString(),
                "ARGOCD_SSH_DATA_PATH",
                own.resolve("ssh").toString(),
                "ARGOCD_RECONCILIATION_TIMEOUT",
                ASKED_EVERY,
                "ARGOCD_RECONCILIATION_JITTER",
                "0s",
                "TMPDIR",
                own.resolve("tmp").toString(),
                "HOME",
                own.resolve("home").toString(),
                "PATH",
                String.join(
                        File.pathSeparator,
                        own.resolve("bin").toString(),
                        installed.program("helm").getParent().toString(),
                        System.getenv("PATH"))));
    }
}
