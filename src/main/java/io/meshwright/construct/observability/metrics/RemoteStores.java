package io.meshwright.construct.observability.metrics;

import io.meshwright.construct.observability.text.Section;
import io.meshwright.value.Name;
import io.meshwright.value.SecretRef;
import io.meshwright.value.telemetry.RemoteWrite;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The stores to which Prometheus writes, as its configuration file names them, with passwords in files. */
public final class RemoteStores {
    /** Names of series that rules have computed hold a colon, and no others do [prometheus.io, naming]. */
    private static final String RECORDED = ".+:.+";

    private static final String SECRETS = "/etc/prometheus/stores";

    private RemoteStores() {}

    /** Path in the pod of a Secret's keys. */
    public static String folder(String secret) {
        return "%s/%s".formatted(SECRETS, secret);
    }

    /** Names of the Secrets that the pod mounts. */
    public static Set<String> secrets(Map<Name, RemoteWrite> stores) {
        Set<String> secrets = new TreeSet<>();
        stores.values().forEach(store -> store.secrets().forEach(secret -> secrets.add(secret.name())));
        return secrets;
    }

    /** The list of the configuration file, in the order of the environment file. */
    static List<Section> of(Map<Name, RemoteWrite> stores) {
        return stores.entrySet().stream()
                .map(entry -> store(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Section store(Name name, RemoteWrite store) {
        Section section = Section.of("name", name.toString()).with("url", store.target());
        if (store.tenant() != null) {
            section.with("headers", Section.of("X-Scope-OrgID", store.tenant()));
        }
        if (store instanceof RemoteWrite.Outside outside) {
            login(section, outside);
        }
        if (store.series() == RemoteWrite.Series.RECORDED) {
            section.with("write_relabel_configs", List.of(Relabel.keep("__name__", RECORDED)));
        }
        RemoteWrite.Queue queue = store.queue();
        return section.with(
                "queue_config",
                Section.of("capacity", queue.capacity())
                        .with("max_shards", queue.maxShards())
                        .with("max_samples_per_send", queue.maxSamplesPerSend()));
    }

    private static void login(Section section, RemoteWrite.Outside store) {
        if (store.password() != null && store.username() != null) {
            section.with(
                    "basic_auth",
                    Section.of("username", store.username()).with("password_file", file(store.password())));
        }
        if (store.bearerToken() != null) {
            section.with("authorization", Section.of("credentials_file", file(store.bearerToken())));
        }
    }

    private static String file(SecretRef secret) {
        return "%s/%s".formatted(folder(secret.name()), secret.key().orElseThrow());
    }
}
