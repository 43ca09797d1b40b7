package io.meshwright.construct.observability;

import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.KialiLogin;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.page.MarkdownTable;
import io.meshwright.value.SecretRef;
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
        if (plan.address(Tool.GRAFANA).isExposed()) {
            asksGrafana.add(kiali);
        }
        needed.add(new NeededSecret(
                plan.props().credentials().grafanaAdmin(),
                List.copyOf(asksGrafana),
                "password of Grafana's `admin`",
                "value=$(openssl rand -base64 24)"));
        KialiLogin login = plan.settings().kialiLogin();
        if (!(login instanceof KialiLogin.Anonymous)) {
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
        return needed;
    }

    /** Adds itself to a table of name, key, namespaces and use. */
    void row(MarkdownTable table) {
        table.markdown("`%s`".formatted(secret.name()), "`%s`".formatted(key()), String.join(", ", namespaces), use);
    }

    /** Commands that make it in those of its namespaces where no store does; none if it is synced everywhere. */
    List<String> commands(Set<String> synced) {
        List<String> commands = new ArrayList<>(namespaces.stream()
                .filter(namespace -> !synced.contains("%s/%s".formatted(namespace, secret.name())))
                .map(namespace ->
                        "printf %%s \"$value\" | kubectl -n %s create secret generic %s --from-file=%s=/dev/stdin"
                                .formatted(namespace, secret.name(), key()))
                .toList());
        if (!commands.isEmpty()) {
            commands.add(0, value);
        }
        return commands;
    }

    String key() {
        return secret.key().orElseThrow();
    }

    /** Asks for a value that cannot be generated, so that it stays out of the shell's history. */
    private static String asked(String what) {
        return "read -rsp '%s: ' value".formatted(what);
    }
}
