package io.meshwright.check.admission.proxy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.part.LabelRules;
import java.util.List;
import java.util.Set;

/**
 * An EnvoyFilter: that each patch says what it changes, in values that Envoy knows; the webhook's general warning of
 * the kind is not repeated.
 */
public final class EnvoyFilterRules implements KindRules {
    private static final String UNKNOWN = "INVALID";
    private static final String HTTP_FILTER = "HTTP_FILTER";
    private static final Set<String> OF_LISTENERS = Set.of("LISTENER", "FILTER_CHAIN", "NETWORK_FILTER", HTTP_FILTER);
    private static final Set<String> OF_ROUTES = Set.of("ROUTE_CONFIGURATION", "VIRTUAL_HOST", "HTTP_ROUTE");
    private static final int LONGEST_VERSION = 1024;
    private static final List<String> MATCHES = List.of("listener", "routeConfiguration", "cluster");

    @Override
    public void examine(Field spec) {
        LabelRules.selector(spec.at("workloadSelector"), "labels", "the patches are for every proxy of the namespace");
        spec.at("configPatches").items().forEach(EnvoyFilterRules::patch);
    }

    private static void patch(Field entry) {
        Field match = entry.at("match");
        if (entry.version().patchesWaypoints() && match.at("context").text().equals("WAYPOINT")) {
            return;
        }
        String to = entry.at("applyTo").text();
        Field patch = entry.at("patch");
        String operation = patch.at("operation").text();
        if (to.isEmpty() || to.equals(UNKNOWN)) {
            entry.at("applyTo").refuse("it is not said what is patched", "Write applyTo.");
        } else if (operation.isEmpty() || operation.equals(UNKNOWN)) {
            patch.refuse("it is not said how it is patched", "Write patch.operation.");
        } else if (!operation.equals("REMOVE") && !patch.at("value").isSet()) {
            patch.refuse("operation %s has no value".formatted(operation), "Write patch.value.");
        } else if (compiles(match.at("proxy").at("proxyVersion"))) {
            fits(match, to);
            types(patch.at("value"));
            EnvoyValueRules.examine(entry);
        }
    }

    /** Types of Envoy's second API are gone from every release that is supported. */
    private static void types(Field value) {
        Field type = value.at("@type");
        if (type.text().contains(".v2.") || type.text().contains(".v2alpha.")) {
            type.refuse("Envoy has no type \"%s\" any more".formatted(type.text()), "Write the type of its third API.");
        } else if (Set.of("typed_config", "typedConfig").contains(value.key()) && value.isSet() && !type.isSet()) {
            value.refuse("it is not said of which type the configuration is", "Write @type.");
        }
        value.entries().forEach(EnvoyFilterRules::types);
        value.items().forEach(EnvoyFilterRules::types);
    }

    private static boolean compiles(Field version) {
        if (version.version().limitsProxyVersions() && version.text().length() > LONGEST_VERSION) {
            version.warn(
                    "the patch is ignored: its proxyVersion has %d characters, and %d are read"
                            .formatted(version.text().length(), LONGEST_VERSION),
                    "Write a shorter one, such as ^1\\.26.*.");
            return true;
        }
        try {
            Pattern.compile(version.text());
            return true;
        } catch (PatternSyntaxException broken) {
            version.refuse(
                    "\"%s\" is no regular expression of RE2: %s".formatted(version.text(), broken.getDescription()),
                    "Write one such as ^1\\.26.*.");
            return false;
        }
    }

    private static void fits(Field match, String to) {
        String wanted = OF_LISTENERS.contains(to)
                ? "listener"
                : OF_ROUTES.contains(to) ? "routeConfiguration" : to.equals("CLUSTER") ? "cluster" : "";
        boolean other = MATCHES.stream().anyMatch(field -> match.at(field).isSet());
        if (!wanted.isEmpty() && other && !match.at(wanted).isSet()) {
            match.refuse(
                    "what is patched by %s is matched by %s".formatted(to, wanted),
                    "Write match.%s.".formatted(wanted));
        } else if (wanted.equals("listener")) {
            FilterMatchRules.examine(match.at("listener").at("filterChain").at("filter"), to);
        }
    }
}
