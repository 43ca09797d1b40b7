package io.meshwright.construct.observability;

import io.meshwright.construct.observability.logs.OutsideStores;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.Healing;
import io.meshwright.construct.observability.settings.KialiLogin;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.page.MarkdownTable;
import io.meshwright.value.Name;
import io.meshwright.value.SecretRef;
import io.meshwright.value.healing.HealingNames;
import io.meshwright.value.telemetry.Receiver;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A Secret that must exist before the pods that mount it start.
 *
 * @param namespaces all that need it, with one and the same value
 * @param use what it holds, for people
 * @param value how a shell puts such a value into its variable {@code value}
 */
record NeededSecret(SecretRef secret, List<String> namespaces, String use, String value) {
    /** The Secrets that a stack needs. */
    static List<NeededSecret> of(Plan plan) {
        List<NeededSecret> needed = new ArrayList<>();
        String kiali = plan.namespace(Component.KIALI).toString();
        Set<String> asksGrafana =
                new LinkedHashSet<>(List.of(plan.namespace(Component.GRAFANA).toString()));
        if (plan.address(Tool.GRAFANA).isExposed() && plan.runs(Component.KIALI)) {
            asksGrafana.add(kiali);
        }
        if (plan.runs(Component.GRAFANA)) {
            needed.add(new NeededSecret(
                    plan.props().credentials().grafanaAdmin(),
                    List.copyOf(asksGrafana),
                    "password of Grafana's `admin`",
                    "value=$(openssl rand -base64 24)"));
        }
        KialiLogin login = plan.settings().kialiLogin();
        if (plan.runs(Component.KIALI) && !(login instanceof KialiLogin.Anonymous)) {
            needed.add(new NeededSecret(
                    plan.props().credentials().kialiSigningKey(),
                    List.of(kiali),
                    "16, 24 or 32 characters that sign Kiali's sessions",
                    "value=$(openssl rand -hex 16)"));
        }
        if (login instanceof KialiLogin.OpenId openId) {
            needed.add(new NeededSecret(
                    openId.clientSecret(),
                    List.of(kiali),
                    "secret of Kiali's client at the login provider",
                    asked("client secret")));
        }
        plan.settings()
                .notifications()
                .ifPresent(notifications -> needed.add(new NeededSecret(
                        notifications.webhook(),
                        List.of(plan.namespace(Component.ALERTMANAGER).toString()),
                        "address of the Slack webhook",
                        asked("address of the Slack webhook"))));
        plan.settings().receivers().forEach((name, receiver) -> receivers(plan, name, receiver, needed));
        plan.settings().aiOps().healing().ifPresent(healing -> healing(plan, healing, needed));
        outside(plan, needed);
        plan.settings()
                .parts()
                .remoteWrite()
                .forEach((name, store) -> store.secrets().forEach(secret -> {
                    String words = "login at the store `%s`".formatted(name);
                    needed.add(new NeededSecret(
                            secret,
                            List.of(plan.namespace(Component.PROMETHEUS).toString()),
                            words,
                            asked("login at the store %s".formatted(name))));
                }));
        return needed;
    }

    /** Certificates are none of them: files of three kinds, which docs/secrets asks for or cert-manager makes. */
    private static void healing(Plan plan, Healing healing, List<NeededSecret> needed) {
        needed.add(new NeededSecret(
                healing.token(),
                List.of(plan.namespace(Component.ALERTMANAGER).toString(), HealingNames.NAMESPACE.toString()),
                "token that Alertmanager shows to what heals by itself",
                "value=$(openssl rand -hex 32)"));
    }

    /** The headers for stores outside the cluster, wherever a program that sends there runs. */
    private static void outside(Plan plan, List<NeededSecret> needed) {
        OutsideStores stores = OutsideStores.of(plan.settings().parts());
        stores.calledBy(Component.OTEL_COLLECTOR)
                .forEach(store -> store.headers().forEach((header, secret) -> {
                    Set<String> namespaces = new LinkedHashSet<>(
                            List.of(plan.namespace(Component.OTEL_COLLECTOR).toString()));
                    if (plan.runs(Component.LOG_AGENT)
                            && stores.calledBy(Component.LOG_AGENT).contains(store)) {
                        namespaces.add(plan.namespace(Component.LOG_AGENT).toString());
                    }
                    String words =
                            "header %s for %s".formatted(header, store.url().host());
                    needed.add(new NeededSecret(secret, List.copyOf(namespaces), words, asked(words)));
                }));
    }

    private static void receivers(Plan plan, Name name, Receiver receiver, List<NeededSecret> needed) {
        String namespace = plan.namespace(Component.ALERTMANAGER).toString();
        List<SecretRef> secrets = receiver.secrets();
        for (int i = 0; i < secrets.size(); i++) {
            SecretRef secret = secrets.get(i);
            String words = i == 0 ? receiver.secretWords() : "token of the webhook";
            if (needed.stream().noneMatch(other -> other.secret().equals(secret))) {
                needed.add(new NeededSecret(
                        secret, List.of(namespace), "%s for `%s`".formatted(words, name), asked(words)));
            }
        }
    }

    /** Adds itself to a table of name, key, namespaces and use. */
    void row(MarkdownTable table) {
        table.markdown("`%s`".formatted(secret.name()), "`%s`".formatted(key()), String.join(", ", namespaces), use);
    }

    /**
     * Commands that make it in those of its namespaces where no store does; none if it is synced everywhere.
     *
     * @param made what commands before make, by {@code namespace/name}; these add to it
     */
    List<String> commands(Set<String> synced, Set<String> made) {
        List<String> commands = new ArrayList<>(namespaces.stream()
                .filter(namespace -> !synced.contains("%s/%s".formatted(namespace, secret.name())))
                .map(namespace -> command(namespace, made.add("%s/%s".formatted(namespace, secret.name()))))
                .toList());
        if (!commands.isEmpty()) {
            commands.add(0, value);
        }
        return commands;
    }

    /** A second key goes into the Secret that the first one made; no value is an argument of a program. */
    private String command(String namespace, boolean first) {
        return first
                ? "printf %%s \"$value\" | kubectl -n %s create secret generic %s --from-file=%s=/dev/stdin"
                        .formatted(namespace, secret.name(), key())
                : ("printf '{\"data\":{\"%s\":\"%%s\"}}' \"$(printf %%s \"$value\" | base64 -w0)\""
                                + " | kubectl -n %s patch secret %s --patch-file=/dev/stdin")
                        .formatted(key(), namespace, secret.name());
    }

    String key() {
        return secret.key().orElseThrow();
    }

    /** Asks for a value that cannot be generated, so that it stays out of the shell's history. */
    private static String asked(String what) {
        return "read -rsp '%s: ' value".formatted(what);
    }
}
