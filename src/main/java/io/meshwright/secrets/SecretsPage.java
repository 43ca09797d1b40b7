package io.meshwright.secrets;

import io.meshwright.manifest.Manifests;
import io.meshwright.page.Markdown;
import io.meshwright.page.MarkdownTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Writes every Secret that an environment needs as a Markdown page, with the commands for those that nothing makes. */
public final class SecretsPage {
    private SecretsPage() {}

    /**
     * The whole page, with a line feed at its end.
     *
     * @param known keys of Secrets that are read as a whole or by a chart, by {@code namespace/name}
     */
    public static String of(String environment, Manifests manifests, Map<String, ? extends Set<String>> known) {
        SecretUses uses = new SecretUses(manifests);
        known.forEach((place, keys) -> keys.forEach(key -> uses.know(place, key)));
        SortedMap<String, NeededSecret> needed = uses.needed();
        SortedMap<String, String> made = uses.made();
        Markdown page = Markdown.titled("Secrets of %s".formatted(environment))
                .paragraph(
                        "Every Secret that the manifests name must exist in its namespace, or pods and the gateway wait"
                                + " for it. No value is in this repository.");
        MarkdownTable table = MarkdownTable.of("Secret", "keys", "read by", "made by");
        needed.forEach((place, secret) -> table.markdown(
                "`%s`".formatted(place),
                String.join(", ", secret.keys().stream().map("`%s`"::formatted).toList()),
                Markdown.escaped(String.join(", ", secret.users())),
                made.containsKey(place) ? Markdown.escaped(made.get(place)) : "**by hand**"));
        page.table(table, "The manifests name none.");
        List<NeededSecret> byHand = needed.values().stream()
                .filter(secret -> !made.containsKey(secret.place()))
                .toList();
        if (!byHand.isEmpty()) {
            page.heading("By hand")
                    .paragraph(
                            "Each command takes its values from files of these names, or with `/dev/stdin` what is piped"
                                    + " or typed into it (end it with Ctrl-D, with no line feed before); never write a value"
                                    + " into a command, where the shell's history and the list of processes show it. A file"
                                    + " must not end with a line feed if the value does not. The namespace must exist:"
                                    + " the first sync makes it, and what needs the Secret waits meanwhile.")
                    .code("", byHand.stream().map(NeededSecret::command).toList());
        }
        return page.toString();
    }
}
