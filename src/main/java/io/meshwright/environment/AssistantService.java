package io.meshwright.environment;

import io.meshwright.environment.aiops.Assistant;
import io.meshwright.environment.aiops.Model;
import io.meshwright.value.Duration;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.SecretRef;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.ExternalPort;
import io.meshwright.value.security.ExternalService;
import io.meshwright.value.traffic.Resilience;
import io.meshwright.value.traffic.Retries;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.ExtraContainer;
import io.meshwright.value.workload.PodSettings;
import io.meshwright.value.workload.Probe;
import io.meshwright.value.workload.Probes;
import io.meshwright.value.workload.Protocol;
import io.meshwright.value.workload.Resources;
import io.meshwright.value.workload.ServicePort;
import io.meshwright.value.workload.Volume;
import io.meshwright.value.workload.VolumeMount;
import io.meshwright.value.workload.data.EnvVar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * HolmesGPT as one of the environment's services: who may call it, what it may call, its pods and its pages are then
 * those of any. Variables and paths are those of HolmesGPT 0.45 (holmes/common/env_vars.py, utils/definitions.py and
 * core/llm.py) and of its chart.
 */
public final class AssistantService {
    /** Name of the ConfigMap with the environment's manifests, without Secrets. */
    public static final Name MANIFESTS = Name.of("holmes-manifests");

    /** Variable with the model's key, which the list of models names. */
    public static final String MODEL_KEY = "MODEL_API_KEY";

    /** Variable with the token for {@code meshwright mcp} beside it, which the list of toolsets names. */
    public static final String SERVER_TOKEN = "MESHWRIGHT_MCP_TOKEN";

    /** Folder of runbooks, each a skill. */
    public static final String SKILLS = "/etc/holmes/skills";

    /** Port of {@code meshwright mcp}, which is heard in the pod alone. */
    public static final int SERVER_PORT = 8931;

    private static final Port PORT = Port.of(5050);
    // What the chart asks for, and needs: it keeps the answers of its tools in memory.
    private static final Resources RESOURCES = Resources.of("100m", "2Gi", "2Gi");
    private static final Resources SERVER = Resources.of("50m", "384Mi", "768Mi");
    // A model is asked many times for one answer, and each of its own waits is ten minutes at most.
    private static final Duration ANSWER = Duration.ofSeconds(600);
    private static final Name SERVER_NAME = Name.of("meshwright");
    private static final Name TOKEN_VOLUME = Name.of("server-token");
    private static final Name MANIFESTS_VOLUME = Name.of("manifests");

    private AssistantService() {}

    /** The services with this one among them, where the file has it and what it needs is there. */
    static Map<Name, Service> joined(
            @Nullable AiOps aiOps,
            Map<Name, NamespaceSettings> namespaces,
            Map<Name, Service> services,
            Map<Name, ExternalService> externals) {
        Assistant asked = aiOps == null ? null : aiOps.assistant();
        if (aiOps == null || asked == null || services.containsKey(Assistant.NAME)) {
            return services;
        }
        NamespaceSettings namespace = namespaces.get(asked.namespace());
        if (namespace == null) {
            return services;
        }
        Map<Name, Service> all = new LinkedHashMap<>(services);
        boolean called = namespace.inject() && !asked.allowFrom().isEmpty();
        external(aiOps, externals).ifPresent(external -> all.put(Assistant.NAME, service(asked, external, called)));
        return all;
    }

    /** The external by which its model is reached; empty where the file has none of that host. */
    public static Optional<Name> external(AiOps aiOps, Map<Name, ExternalService> externals) {
        return external(model(aiOps), externals);
    }

    /** The same of any model. */
    public static Optional<Name> external(Optional<Model> asked, Map<Name, ExternalService> externals) {
        return asked.map(model -> Host.of(model.url().host()))
                .flatMap(host -> externals.entrySet().stream()
                        .filter(entry -> entry.getValue().hosts().contains(host))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    /**
     * Why calls of a model cannot leave by an entry of externals that has its host: its port is none of that entry's.
     */
    public static Optional<InvalidValue> closedPort(KeyPath at, Model model, ExternalService external) {
        Port port = model.url().port();
        return external.ports().stream().map(ExternalPort::number).anyMatch(port::equals)
                ? Optional.empty()
                : Optional.of(new InvalidValue(
                        at,
                        "is asked at port \"%s\" of \"%s\", which its entry of externals does not have"
                                .formatted(port, model.url().host()),
                        "let it answer at the port of the entry, or give it one of its own: {type: tcp, host: %s, port: %s}"
                                .formatted(model.url().host(), port)));
    }

    /** The model that it asks; empty where the file declares none of that name. */
    public static Optional<Model> model(AiOps aiOps) {
        return Optional.ofNullable(aiOps.assistant()).map(Assistant::model).map(aiOps.models()::get);
    }

    /** @param called whether a caller in the mesh heeds how long an answer may take */
    private static Service service(Assistant asked, Name external, boolean called) {
        return new Service(
                asked.namespace(),
                null,
                List.of(new ServicePort(null, PORT, null, Protocol.HTTP)),
                container(asked),
                null,
                pod(asked),
                Scale.of(1),
                null,
                asked.allowFrom(),
                null,
                List.of(external),
                null,
                called ? new Resilience(ANSWER, Retries.none(), null, null, null, null, null) : null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Container container(Assistant asked) {
        Map<String, SecretRef> secrets = new LinkedHashMap<>();
        secrets.put("HOLMES_API_KEY", asked.apiKey());
        secrets.put(MODEL_KEY, asked.modelKey());
        secrets.put(SERVER_TOKEN, asked.serverToken());
        if (asked.argoCdToken() != null) {
            secrets.put("ARGOCD_AUTH_TOKEN", asked.argoCdToken());
        }
        return Container.builder()
                .image(asked.image())
                .command(List.of("python3", "-u", "server.py"))
                .env(variables(asked))
                .secretEnv(secrets)
                .resources(RESOURCES)
                .probes(new Probes(Probe.http("/readyz"), Probe.http("/healthz"), null, null))
                .build();
    }

    private static Map<String, EnvVar> variables(Assistant asked) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("HOLMES_PORT", PORT.toString());
        env.put("HOME", "/tmp");
        env.put("CUSTOM_SKILL_PATHS", SKILLS);
        // Nothing is sent to its vendor: no reports of failures, no platform that asks it from outside.
        env.put("ENABLE_TELEMETRY", "false");
        env.put("ROBUSTA_AI", "false");
        env.put("LOAD_ALL_ROBUSTA_MODELS", "false");
        env.put("ENABLED_SCHEDULED_PROMPTS", "false");
        env.put("ENABLE_CONVERSATION_WORKER", "false");
        // Prices of models come with the program and not from the internet [litellm, model cost map].
        env.put("LITELLM_LOCAL_MODEL_COST_MAP", "True");
        if (asked.argoCdToken() != null) {
            env.put("ARGOCD_SERVER", "argocd-server.argocd.svc:80");
            // The server of ours ends no TLS itself.
            env.put("ARGOCD_OPTS", "--plaintext --grpc-web");
        }
        return EnvVar.texts(env);
    }

    private static PodSettings pod(Assistant asked) {
        ExtraContainer server = ExtraContainer.builder()
                .image(asked.server())
                .args(List.of(
                        "mcp",
                        "--http",
                        "--port",
                        Integer.toString(SERVER_PORT),
                        "--root",
                        "/manifests",
                        "--token-file",
                        "/run/secrets/mcp/token"))
                .resources(SERVER)
                .volumeMounts(List.of(
                        new VolumeMount(MANIFESTS_VOLUME, "/manifests", null, null),
                        // Of the Secret this one key.
                        new VolumeMount(
                                TOKEN_VOLUME,
                                "/run/secrets/mcp/token",
                                asked.serverToken().key().orElseThrow(),
                                null)))
                .build();
        return PodSettings.builder()
                .sidecars(Map.of(SERVER_NAME, server))
                .volumes(Map.of(
                        MANIFESTS_VOLUME,
                        Volume.configMap(ObjectName.of(MANIFESTS)),
                        TOKEN_VOLUME,
                        Volume.secret(ObjectName.of(asked.serverToken().name()))))
                .build();
    }
}
