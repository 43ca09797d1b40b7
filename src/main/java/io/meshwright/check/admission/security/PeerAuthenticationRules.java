package io.meshwright.check.admission.security;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.part.LabelRules;
import java.util.regex.Pattern;

/** A PeerAuthentication, whose settings for ports are for selected pods only. */
public final class PeerAuthenticationRules implements KindRules {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int HIGHEST = 65_535;

    @Override
    public void examine(Field spec) {
        Field selector = spec.at("selector");
        Field ports = spec.at("portLevelMtls");
        LabelRules.selector(selector, "matchLabels", "it acts on every pod of the namespace");
        if (selector.at("matchLabels").isEmpty() && !ports.isEmpty()) {
            ports.refuse("ports of a whole namespace cannot be told apart", "Write selector.matchLabels.");
        } else if (ports.isSet() && ports.isEmpty()) {
            ports.refuse("no port is named", "Name one, or remove portLevelMtls.");
        }
        for (Field port : ports.entries()) {
            boolean number = NUMBER.matcher(port.key()).matches();
            if (!number || Integer.parseInt(port.key()) < 1 || Integer.parseInt(port.key()) > HIGHEST) {
                port.refuse("\"%s\" is no port".formatted(port.key()), "Write a port from 1 to %d.".formatted(HIGHEST));
            }
        }
    }
}
