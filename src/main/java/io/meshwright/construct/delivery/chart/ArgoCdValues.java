package io.meshwright.construct.delivery.chart;

import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.istio.IstioLabels;
import io.meshwright.value.workload.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values of the argo-cd chart by which Argo CD manages itself: behind a gateway that ends TLS, with waves that wait for
 * Applications, and able to start before the mesh does, and again after it.
 *
 * @param host where people open it
 * @param path below that host, beginning with a slash and without one at the end; empty at the root
 * @param meshed whether argocd-server has a sidecar where its namespace is injected; no other part ever has
 * @param progressive whether ApplicationSets may roll out in steps
 * @param reader an account that only reads and has no password, such as the assistant's; empty: none
 */
public record ArgoCdValues(
        Host host,
        String path,
        boolean meshed,
        boolean progressive,
        Optional<SlackNotifications> notifications,
        List<String> knownHosts,
        Optional<Name> reader)
        implements ChartValues {
    private static final List<String> PROBED = List.of("redis", "applicationSet", "notifications");

    public ArgoCdValues {
        Require.present("host", host);
        knownHosts = List.copyOf(knownHosts);
        Require.that(
                path.isEmpty() || path.matches("(/[a-z0-9][-a-z0-9]*)+"),
                "path",
                "\"%s\" is not a path".formatted(path),
                "begin with a slash and end without one, such as /argocd");
    }

    @Override
    public Map<String, Object> values() {
        ValueTree values = new ValueTree()
                .put("global.domain", host.value())
                .put("global.podLabels", ValueTree.entry(IstioLabels.INJECT, "false"))
                // The chart's containers have a profile each, and the sidecar has none: without the pod's own, a
                // restricted namespace refuses argocd-server as soon as istiod injects it [argo-helm,
                // argocd-server/deployment.yaml at argo-cd-8.2.7 and argo-cd-10.1.1; istio, injection-template.yaml].
                .put("global.securityContext.seccompProfile.type", "RuntimeDefault")
                .put("global.networkPolicy.create", true)
                .put("crds.install", true)
                .put("crds.keep", true)
                .put("configs.cm", settings())
                .put("configs.params", parameters())
                // Without single sign-on there is nothing for Dex to do.
                .put("dex.enabled", false)
                .put("server.podLabels", ValueTree.entry(IstioLabels.INJECT, Boolean.toString(meshed)))
                .put("notifications.enabled", notifications.isPresent());
        reader.ifPresent(account -> values.put("configs.rbac", rights(account)));
        notifications.ifPresent(slack -> slack.into(values));
        if (!knownHosts.isEmpty()) {
            // Beside those that the chart brings.
            values.put("configs.ssh.extraHosts", String.join("\n", knownHosts).concat("\n"));
        }
        return probed(sized(values)).toMap();
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("url", "https://%s%s".formatted(host, path));
        settings.put("application.resourceTrackingMethod", "annotation");
        reader.ifPresent(account -> settings.put("accounts.%s".formatted(account), "apiKey"));
        settings.put("resource.customizations.health.argoproj.io_Application", HealthScripts.APPLICATION);
        settings.put(
                "resource.customizations.health.apiextensions.k8s.io_CustomResourceDefinition",
                HealthScripts.DEFINITION);
        if (progressive) {
            settings.put("resource.customizations.health.argoproj.io_ApplicationSet", HealthScripts.FLEET);
        }
        // How often Git is read: with the default of two to three minutes a commit would wait longer than its sync.
        settings.put("timeout.reconciliation", "60s");
        settings.put("timeout.reconciliation.jitter", "10s");
        return settings;
    }

    /** Accounts have no rights of themselves (argo-cd, operator-manual/rbac). */
    private static Map<String, Object> rights(Name account) {
        return ValueTree.entry("policy.csv", """
                p, role:%1$s, applications, get, */*, allow
                p, role:%1$s, projects, get, *, allow
                p, role:%1$s, repositories, get, *, allow
                p, role:%1$s, clusters, get, *, allow
                g, %1$s, role:%1$s
                """.formatted(account));
    }

    /** Texts: the chart writes them into a ConfigMap as they are. */
    private Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        // The gateway ends TLS; a server that redirects to HTTPS itself would loop behind it.
        parameters.put("server.insecure", "true");
        if (!path.isEmpty()) {
            parameters.put("server.basehref", path);
            parameters.put("server.rootpath", path);
        }
        parameters.put("applicationsetcontroller.enable.progressive.syncs", Boolean.toString(progressive));
        return parameters;
    }

    private static ValueTree sized(ValueTree values) {
        return values.resources("controller.resources", Resources.of("250m", "512Mi", "2Gi"))
                .resources("server.resources", Resources.of("50m", "128Mi", "512Mi"))
                .resources("repoServer.resources", Resources.of("100m", "256Mi", "1Gi"))
                .resources("applicationSet.resources", Resources.of("50m", "64Mi", "256Mi"))
                .resources("notifications.resources", Resources.of("25m", "64Mi", "256Mi"))
                .resources("redis.resources", Resources.of("50m", "64Mi", "256Mi"))
                .resources("redisSecretInit.resources", Resources.of("25m", "64Mi", "128Mi"));
    }

    private static ValueTree probed(ValueTree values) {
        for (String component : PROBED) {
            values.put("%s.livenessProbe.enabled".formatted(component), true);
            values.put("%s.readinessProbe.enabled".formatted(component), true);
        }
        return values;
    }
}
