package io.meshwright.construct.observability.kiali;

import io.meshwright.construct.observability.dashboards.DashboardCatalogue;
import io.meshwright.construct.observability.dashboards.GrafanaConfig;
import io.meshwright.construct.observability.dashboards.KialiLink;
import io.meshwright.construct.observability.settings.KialiChat;
import io.meshwright.construct.observability.settings.KialiLogin;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import java.util.List;

/**
 * Kiali's configuration file: its own address, how people log in, and where it finds metrics, dashboards and traces.
 */
public final class KialiConfig {
    /** Path in the pod of the file that {@link #text} gives. */
    public static final String FILE = "/kiali-configuration/config.yaml";

    /** Kiali reads each secret below this folder from a folder of the secret's name, file {@value #SECRET_FILE}. */
    public static final String SECRETS = "/kiali-override-secrets";

    public static final String SECRET_FILE = "value.txt";

    /** Folder of the key by which sessions are signed: 16, 24 or 32 bytes. */
    public static final String SIGNING_KEY = "login-token-signing-key";

    /** Folder of the password with which Kiali asks Grafana for its dashboards. */
    public static final String GRAFANA_PASSWORD = "grafana-password";

    /** File of an OpenID client's secret. */
    public static final String OPENID_SECRET = "/kiali-secret/oidc-secret";

    /** File of the key of the model that its chat asks. */
    public static final String MODEL_KEY = "/kiali-secret/model-key";

    /**
     * Tools of its chat that look and change nothing; without a list it has all, of which one writes Istio's objects
     * (kiali, ai/mcp/tools at v2.27.0 and v2.30.0).
     */
    static final List<String> READING = List.of(
            "get_logs",
            "get_mesh_status",
            "get_mesh_traffic_graph",
            "get_metrics",
            "get_pod_performance",
            "get_referenced_docs",
            "get_trace_details",
            "list_or_get_resources",
            "list_traces",
            "manage_istio_config_read");

    private KialiConfig() {}

    public static String text(Settings settings) {
        ToolAddress kiali = settings.address(Tool.KIALI);
        Section config = Section.of("auth", auth(settings.kialiLogin()));
        settings.aiOps().kialiChat().ifPresent(chat -> config.with("chat_ai", chat(chat)));
        return ConfigText.yaml(config.with("server", server(kiali))
                .with(
                        "deployment",
                        Section.of("namespace", kiali.namespace())
                                .with("instance_name", Tool.KIALI.service())
                                .with("cluster_wide_access", true)
                                // What Kiali would write into the cluster, Argo CD would take back.
                                .with("view_only_mode", true))
                .with(
                        "external_services",
                        Section.of("prometheus", prometheus(settings))
                                .with("grafana", grafana(settings))
                                .with("tracing", tracing(settings))
                                .with("istio", Section.of("istio_api_enabled", true))));
    }

    private static Section chat(KialiChat chat) {
        String name = chat.provider().toString();
        return Section.of("enabled", true)
                .with("default_provider", name)
                .with("tools", Section.of("enabled_tools", READING))
                .with(
                        "providers",
                        List.of(Section.of("name", name)
                                .with("enabled", true)
                                .with("type", "openai")
                                .with("config", chat.azure() ? "azure" : "default")
                                .with("endpoint", chat.endpoint().value())
                                .with("key", MODEL_KEY)
                                .with("default_model", name)
                                .with(
                                        "models",
                                        List.of(Section.of("name", name)
                                                .with("model", chat.model())
                                                .with(
                                                        "endpoint",
                                                        chat.endpoint().value())
                                                .with("enabled", true)))));
    }

    private static Section auth(KialiLogin login) {
        Section auth = Section.of("strategy", login.strategy());
        if (login instanceof KialiLogin.OpenId openId) {
            // People see the whole mesh once they have logged in: their own rights in the cluster are not asked for.
            auth.with(
                    "openid",
                    Section.of("issuer_uri", openId.issuer().value())
                            .with("client_id", openId.clientId())
                            .with("scopes", List.of("openid", "email"))
                            .with("username_claim", "email")
                            .with("disable_rbac", true));
        }
        return auth;
    }

    private static Section server(ToolAddress kiali) {
        Section server = Section.of("port", Tool.KIALI.port()).with("web_root", kiali.root());
        kiali.exposure()
                .ifPresent(exposure -> server.with("web_fqdn", exposure.host().value())
                        .with("web_schema", kiali.scheme())
                        .with("web_port", kiali.scheme().equals("https") ? "443" : "80"));
        int port = kiali.metrics().port();
        return server.with(
                "observability",
                Section.of("metrics", Section.of("enabled", true).with("port", port)));
    }

    private static Section prometheus(Settings settings) {
        return Section.of("url", settings.address(Tool.PROMETHEUS).inClusterUrl());
    }

    /**
     * Grafana's answers to Kiali's search name each dashboard by a path that holds the prefix already, and Kiali puts
     * the external URL in front of it (grafana/grafana.go): with the prefix in the URL too, it would stand there twice.
     */
    private static Section grafana(Settings settings) {
        ToolAddress grafana = settings.address(Tool.GRAFANA);
        if (!grafana.isExposed() || !settings.parts().runsGrafana()) {
            return Section.of("enabled", false);
        }
        return Section.of("enabled", true)
                .with("internal_url", grafana.inClusterUrl())
                .with("external_url", grafana.origin())
                .with(
                        "health_check_url",
                        "http://%s:%d%s"
                                .formatted(
                                        grafana.host(),
                                        grafana.readiness().port(),
                                        grafana.readiness().path()))
                .with("auth", Section.of("type", "basic").with("username", GrafanaConfig.ADMIN))
                .with(
                        "dashboards",
                        DashboardCatalogue.of(settings).stream()
                                .flatMap(dashboard -> dashboard.kiali().stream())
                                .map(KialiConfig::link)
                                .toList());
    }

    private static Section link(KialiLink link) {
        return Section.of("name", link.title()).with("variables", Section.of(link.variables()));
    }

    /** By HTTP below Jaeger's prefix: over gRPC the client would drop the path. */
    private static Section tracing(Settings settings) {
        ToolAddress jaeger = settings.address(Tool.JAEGER);
        if (!settings.parts().runsJaeger()) {
            return Section.of("enabled", false);
        }
        Section tracing = Section.of("enabled", true)
                .with("provider", "jaeger")
                .with("use_grpc", false)
                .with("internal_url", jaeger.inClusterUrl())
                .with(
                        "health_check_url",
                        "http://%s:%d%s"
                                .formatted(
                                        jaeger.host(),
                                        jaeger.readiness().port(),
                                        jaeger.readiness().path()));
        return jaeger.isExposed() ? tracing.with("external_url", jaeger.url()) : tracing;
    }
}
