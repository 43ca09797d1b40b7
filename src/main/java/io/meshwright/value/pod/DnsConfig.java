package io.meshwright.value.pod;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way in which pods ask the cluster's DNS. Other servers are none of it: policies let out to no other, and a proxy
 * finds its control plane by the cluster's names.
 */
@Doc("How pods ask the cluster's DNS, beyond what the cluster says.")
@Sample("{options: [{name: ndots, value: \"2\"}]}")
public record DnsConfig(
        @Defaulted @Doc("Domains in which short names are looked up too, at most 32.")
        List<Host> searches,

        @Defaulted @Doc("Options of the resolver, as resolv.conf knows them.")
        List<Option> options) {
    private static final int MOST_SEARCHES = 32; // [kubernetes.io, DNS for Services and Pods, limits]

    public DnsConfig {
        searches = searches == null ? List.of() : List.copyOf(searches);
        options = options == null ? List.of() : List.copyOf(options);
        Require.that(!searches.isEmpty() || !options.isEmpty(), "", "asks for nothing", "give searches or options");
        Require.that(
                searches.size() <= MOST_SEARCHES,
                "searches",
                "are %d, and Kubernetes admits %d".formatted(searches.size(), MOST_SEARCHES),
                "remove some");
        for (int i = 0; i < searches.size(); i++) {
            Require.that(
                    !searches.get(i).isWildcard(),
                    "searches[%d]".formatted(i),
                    "\"%s\" is no domain".formatted(searches.get(i)),
                    "write one domain");
        }
        Require.that(
                new LinkedHashSet<>(options.stream().map(Option::name).toList()).size() == options.size(),
                "options",
                "name one twice",
                "name each once");
    }

    /** One option of the resolver. */
    @Doc("One option of the resolver.")
    @Sample("{name: ndots, value: \"2\"}")
    public record Option(
            @Required @Doc("Such as ndots, timeout, attempts, single-request-reopen.") @Sample("ndots")
            String name,

            @Nullable @Doc("Its value, quoted, where it has one.") @Sample("\"2\"")
            String value) {
        public Option {
            Require.that(
                    Require.present("name", name).matches("[a-z0-9][-a-z0-9]*"),
                    "name",
                    "%s is no option of a resolver".formatted(Plain.quoted(name)),
                    "write one that resolv.conf knows, such as ndots");
            Require.that(
                    value == null || value.matches("[0-9]{1,5}"),
                    "value",
                    "%s is no number".formatted(Plain.quoted(String.valueOf(value))),
                    "write a whole number in quotes");
        }
    }
}
