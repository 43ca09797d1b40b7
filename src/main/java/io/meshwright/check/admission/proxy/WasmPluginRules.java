package io.meshwright.check.admission.proxy;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.part.Link;
import io.meshwright.check.admission.part.PolicyTargets;
import io.meshwright.check.admission.part.PortRules;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A WasmPlugin: where it is loaded from, and for which ports. */
public final class WasmPluginRules implements KindRules {
    private static final Set<String> SCHEMES = Set.of("", "file", "http", "https", "oci");
    private static final Pattern SHA = Pattern.compile("(?:[a-f0-9]{64})?");
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_SECRET = 253;

    @Override
    public void examine(Field spec) {
        PolicyTargets.examine(spec);
        module(spec);
        match(spec);
    }

    /** The ports of the traffic that is meant. */
    public static void match(Field spec) {
        spec.at("match")
                .items()
                .forEach(match -> match.at("ports").items().forEach(port -> PortRules.number(port.at("number"))));
    }

    /** The module that is loaded, and where from. */
    public static void module(Field spec) {
        Field url = spec.at("url");
        // What is no link by itself is taken for a host and path of http.
        String scheme = Link.scheme(url.text())
                .or(() -> Link.scheme("http://".concat(url.text())))
                .orElse("none");
        if (url.isEmpty() || !SCHEMES.contains(scheme)) {
            url.refuse(
                    "\"%s\" is no place to load a plugin from".formatted(url.text()),
                    "Write a link of oci, https, http or file.");
        }
        if (!SHA.matcher(spec.at("sha256").text()).matches()) {
            spec.at("sha256")
                    .refuse(
                            "\"%s\" is no checksum".formatted(spec.at("sha256").text()),
                            "Write 64 digits and letters from a to f.");
        }
        length(spec.at("imagePullSecret"), LONGEST_SECRET);
        length(spec.at("pluginName"), LONGEST_NAME);
        environment(spec.at("vmConfig").at("env"));
    }

    private static void length(Field field, int most) {
        if (field.text().length() > most) {
            field.refuse("%s is longer than %d characters".formatted(field.key(), most), "Shorten it.");
        }
    }

    private static void environment(Field variables) {
        Set<String> names = new TreeSet<>();
        for (Field variable : variables.items()) {
            Field name = variable.at("name");
            length(name, LONGEST_NAME);
            if (name.isEmpty()) {
                name.refuse("the variable has no name", "Name it.");
            } else if (!names.add(name.text())) {
                name.refuse("\"%s\" is in the list already".formatted(name.text()), "Remove it.");
            }
            boolean inline =
                    Set.of("", "INLINE").contains(variable.at("valueFrom").text());
            if (!inline && !variable.at("value").isEmpty()) {
                variable.at("value")
                        .refuse("the value comes from elsewhere", "Remove value, or write valueFrom: INLINE.");
            }
        }
    }
}
