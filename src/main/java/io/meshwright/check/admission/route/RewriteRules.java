package io.meshwright.check.admission.route;

import io.meshwright.check.admission.field.Field;
import java.util.List;

/** Rules for a route that changes path and host of a request. */
final class RewriteRules {
    private RewriteRules() {}

    static void examine(Field route) {
        Field rewrite = route.at("rewrite");
        if (rewrite.isSet()) {
            rewrite(rewrite, rewrite.at("uriRegexRewrite"));
        }
        authority(route, rewrite.at("authority"));
    }

    private static void rewrite(Field rewrite, Field regex) {
        if (!rewrite.at("uri").isEmpty() && regex.isSet()) {
            regex.refuse("the path is rewritten twice", "Write uri or uriRegexRewrite.");
        } else if (rewrite.at("uri").isEmpty() && rewrite.at("authority").isEmpty() && !regex.isSet()) {
            rewrite.refuse("nothing is rewritten", "Write uri, uriRegexRewrite or authority.");
        } else if (regex.isSet()
                && (regex.at("match").isEmpty() || regex.at("rewrite").isEmpty())) {
            regex.refuse("match or rewrite is missing", "Write both.");
        } else {
            TextMatch.expression(regex.at("match"));
        }
    }

    /** The host can be set in one place only. */
    private static void authority(Field route, Field rewritten) {
        boolean written = !rewritten.isEmpty();
        for (String change : List.of("set", "add")) {
            for (Field header : route.at("headers").at("request").at(change).entries()) {
                if (HeaderRules.isAuthority(header.key())) {
                    if (written) {
                        header.refuse("the host is set in another place as well", "Set it by rewrite.authority only.");
                    }
                    written |= !header.isEmpty();
                }
            }
        }
    }
}
